/** Measures `embedding` and `neighbours`: whether the vectors of the tokens lie on circles, and how smooth they are on their own graph. */

import type { Program } from '../engine/index.ts';
import type { Probe } from '../training/probe.ts';
import { dirichletEnergy } from './dirichlet.ts';
import { spectrumAndStrongestPlane, strongestPlanes } from './fourier-plane.ts';
import { gini } from './gini.ts';
import type { Measure, MeasuredValues } from './measure.ts';
import { nearestNeighbourGraph } from './neighbour-graph.ts';
import { inverseParticipationRatio, shareOfLargest } from './participation.ts';

/** The evaluated embeddings of a model as arrays [vocabulary, width]. */
export interface EmbeddingTable {
  readonly name: string;
  readonly values: ArrayLike<number>;
  readonly tokens: number;
  readonly width: number;
}

/** Prepares reading the embeddings; the function returned reads them at the weights as they stand. */
export function openEmbeddings(probe: Probe): () => EmbeddingTable[] {
  const embeddings = probe.embeddings();
  const outputs = Object.fromEntries(embeddings.map(({ name, table }) => [name, table]));
  let program: Program | undefined;
  return () => {
    program ??= probe.machine.compile({ outputs });
    const compiled = program;
    compiled.run();
    return embeddings.map(({ name, table }) => {
      const [tokens, width] = table.shape as readonly [number, number];
      return { name, values: compiled.value(name), tokens, width };
    });
  };
}

/** Why tokens are not residues with frequencies of their own; undefined where they are. */
function noResidues({ dataset }: Probe): string | undefined {
  const { structure, vocabulary } = dataset;
  if (structure.kind === 'cyclic' && vocabulary > 2) return undefined;
  return `the tokens of this task are no residues of a cycle, on whose frequencies it is defined; take it of task modular with N above 2`;
}

/** The mean of each number over the embeddings of a model that has one for each operand. */
function meanOver(
  tables: readonly EmbeddingTable[],
  of: (table: EmbeddingTable) => Record<string, number>,
): MeasuredValues {
  const all = tables.map(of);
  const columns = Object.keys(all[0] ?? {});
  return Object.fromEntries(
    columns.map((column) => {
      let total = 0;
      for (const one of all) total += one[column] as number;
      return [column, total / all.length];
    }),
  );
}

export const embeddingMeasure: Measure = {
  name: 'embedding',
  about: 'how few frequencies the embedding is made of, and whether the strongest of them is a circle',
  formula:
    'F_k = Σ_t x_t e^(−2πikt/p) of the centred embedding, P_k = ‖F_k‖²/Σ‖F‖², k = 1 … ⌊p/2⌋; means over embeddings',
  nulls:
    'Gaussian embeddings: Gini 0.07 (p 53, width 64), 0.05 (p 113, width 128); top-5 share 0.23, 0.10; circle fit near width/(p + width)',
  cost: 'a few milliseconds: p²·width',
  columns: [
    { name: 'embedding_gini', unit: '1', about: 'Gini coefficient of the power over frequencies' },
    { name: 'embedding_top5_share', unit: '1', about: 'share of the five strongest frequencies' },
    {
      name: 'embedding_ipr',
      unit: '1',
      about: 'inverse participation ratio Σ P²: 1/it is a number of frequencies',
    },
    {
      name: 'embedding_circle_fit',
      unit: '1',
      about: 'Procrustes R² of the strongest frequency’s plane to a circle',
    },
  ],
  refusal: noResidues,
  open: (probe) => {
    const read = openEmbeddings(probe);
    return {
      values: () =>
        meanOver(read(), ({ values, tokens, width }) => {
          const { power, plane } = spectrumAndStrongestPlane(values, tokens, width);
          return {
            embedding_gini: gini(power),
            embedding_top5_share: shareOfLargest(power, 5),
            embedding_ipr: inverseParticipationRatio(power),
            embedding_circle_fit: plane.circleFit,
          };
        }),
    };
  },
};

export const neighboursMeasure: Measure = {
  name: 'neighbours',
  about:
    'how smooth the embedding is on the graph of its own nearest neighbours: a shape, whatever its frequencies',
  formula:
    'Σ_edges ‖x_i − x_j‖² / (mean degree · Σ_i ‖x_i − x̄‖²) on the symmetrised 2-nearest-neighbour graph',
  nulls:
    'rows dealt out at random: p/(p − 1); Gaussian embeddings lie below 1, since neighbours are chosen near: see the untrained network',
  cost: 'a few milliseconds: p²·width',
  columns: [
    { name: 'knn_energy', unit: '1', about: 'Dirichlet energy of the embedding on its own neighbour graph' },
  ],
  refusal: ({ dataset }) =>
    dataset.vocabulary > 2
      ? undefined
      : 'two tokens have no two neighbours; take it of a task with more tokens',
  open: (probe) => {
    const read = openEmbeddings(probe);
    return {
      values: () =>
        meanOver(read(), ({ values, tokens, width }) => ({
          knn_energy: dirichletEnergy(values, width, nearestNeighbourGraph(values, tokens, width)),
        })),
    };
  },
};

/** The strongest planes of the first embedding, for pictures; none where tokens have no frequencies. */
export function strongestEmbeddingPlanes(probe: Probe, count: number) {
  if (noResidues(probe) !== undefined) return [];
  const [first] = openEmbeddings(probe)();
  return first === undefined ? [] : strongestPlanes(first.values, first.tokens, first.width, count);
}
