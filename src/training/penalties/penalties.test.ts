// Every penalty against its definition, written out from the logits by sums over modes or edges; and its gradient against
// central differences in f64.
import { describe, expect, test } from 'vitest';
import {
  type ExperimentInput,
  experimentFromObject,
  type LaplacianPenaltyConfig,
} from '../../config/index.ts';
import { penaltyKinds } from '../../config/schema/laplacian_penalty.ts';
import { type Expr, Machine, Stream } from '../../engine/index.ts';
import { buildDataset, type Dataset } from '../../tasks/index.ts';
import { parameterName } from '../optimizers/parameter_name.ts';
import { PenaltyProgram } from '../penalty_program.ts';
import type { PenaltyStep } from '../penalty_step.ts';
import { buildNetwork, type Network, Trainer } from '../trainer.ts';
import { permutedCycle } from './permuted.ts';

type Kind = LaplacianPenaltyConfig['kind'];
type ModelInput = NonNullable<ExperimentInput['model']>;

const twoLayer: ModelInput = { type: 'two_layer', hidden_dim: 6, activation: 'gelu' };
const alpha = 0.7;

function experimentWith(kind: Kind, N: number, op = 'add', model = twoLayer) {
  return experimentFromObject({
    seed: 5,
    dataset: { N, op, train_fraction: 0.6 },
    model,
    train: { dtype: 'f64' },
    laplacian_penalty: { compute: true, kind, alpha },
  } as ExperimentInput).experiment;
}

/** A network with a penalty on a machine, its parameters set to some values. */
interface Scene {
  machine: Machine;
  network: Network;
  dataset: Dataset;
  program: PenaltyProgram;
}

async function scene(experiment: ReturnType<typeof experimentWith>): Promise<Scene> {
  const dataset = buildDataset(experiment);
  const machine = await Machine.open();
  const network = buildNetwork(experiment, dataset);
  const columns = Object.fromEntries(dataset.tokens.map((values, i) => [`token${i}`, values]));
  machine.setColumns({ ...columns, label: dataset.labels }, dataset.size);
  const initial = network.model.initial(experiment.seed);
  for (const w of network.model.parameters)
    machine.setParameter(w, initial.get(parameterName(w)) as Float64Array);
  return { machine, network, dataset, program: new PenaltyProgram(machine, dataset, penaltyOf(network), 1) };
}

function penaltyOf(network: Network): PenaltyStep {
  if (network.penalty === undefined) throw new Error('no penalty');
  return network.penalty;
}

describe('gradients are the slopes of central differences', () => {
  const transformer: ModelInput = {
    type: 'transformer',
    d_model: 8,
    heads: 2,
    d_mlp: 12,
    activation: 'gelu',
  };
  const embedded: ModelInput = { type: 'embedding_mlp', embed_dim: 4, hidden_dim: 6, activation: 'gelu' };
  const oneHot: ModelInput = { type: 'mlp', hidden_dim: 6, layers: 2, dropout: 0.3, activation: 'gelu' };
  const settings: [name: string, N: number, op: string, model: ModelInput][] = [
    ['two_layer modulo 5', 5, 'add', twoLayer],
    ['transformer modulo 7', 7, 'sub', transformer],
    ['embedding_mlp modulo 6', 6, 'add', embedded],
    ['mlp modulo 5', 5, 'sub', oneHot],
  ];
  const cases = penaltyKinds.flatMap((kind) =>
    settings.map(([name, ...rest]) => [kind, name, ...rest] as const),
  );

  test.each(cases)('%s of %s', async (kind, _, N, op, model) => {
    const { machine, network, program } = await scene(experimentWith(kind, N, op, model));
    const { parameters } = network.model;
    const at = parameters.map((w) => machine.getParameter(w));
    const directions = at.map((values, n) => new Stream(n, 'direction').normals(values.length));
    const valueAt = (h: number): number => {
      for (const [n, w] of parameters.entries())
        machine.setParameter(
          w,
          Float64Array.from(at[n] as Float64Array, (x, i) => x + h * (directions[n]?.[i] as number)),
        );
      return program.value();
    };
    const h = 1e-5;
    const differences = (valueAt(h) - valueAt(-h)) / (2 * h);
    valueAt(0);
    let slope = 0;
    for (const [n, w] of parameters.entries()) {
      const g = machine.getParameter(penaltyOf(network).gradients.get(w) as Expr);
      for (const [i, d] of (directions[n] as Float64Array).entries()) slope += (d * (g[i] as number)) / alpha;
    }
    expect(Math.abs(slope)).toBeGreaterThan(1e-6);
    expect(Math.abs(differences / slope - 1)).toBeLessThan(1e-5);
  });
});

/** Logits [N², classes] of the trained network on all pairs. */
async function logitsOf(kind: Kind, N: number, op = 'add') {
  const experiment = experimentWith(kind, N, op);
  const trainer = await Trainer.start(experiment, buildDataset(experiment));
  const values = trainer.logits();
  const row = (a: number, b: number): number[] => [...values.subarray((a * N + b) * N, (a * N + b + 1) * N)];
  return { trainer, row, penalty: trainer.penaltyValue() as number, experiment };
}

/** P_kl = Σ_c |Σ_ab f_c(a, b) e^{−2πi(ka + lb)/N}|², term by term. */
function powerAt(N: number, row: (a: number, b: number) => number[], k: number, l: number): number {
  let power = 0;
  for (let c = 0; c < row(0, 0).length; c++) {
    let [real, imaginary] = [0, 0];
    for (let a = 0; a < N; a++)
      for (let b = 0; b < N; b++) {
        const angle = (2 * Math.PI * (k * a + l * b)) / N;
        real += (row(a, b)[c] as number) * Math.cos(angle);
        imaginary -= (row(a, b)[c] as number) * Math.sin(angle);
      }
    power += real * real + imaginary * imaginary;
  }
  return power;
}

function energyByModes(N: number, row: (a: number, b: number) => number[]): number {
  let [energy, all] = [0, 0];
  for (let k = 0; k < N; k++)
    for (let l = 0; l < N; l++) {
      const power = powerAt(N, row, k, l);
      energy += (1 - 0.5 * (Math.cos((2 * Math.PI * k) / N) + Math.cos((2 * Math.PI * l) / N))) * power;
      all += power;
    }
  return energy / all;
}

describe('values are those of the definitions', () => {
  test.each([2, 5, 6, 7])('literal: Σ λP / ΣP over the modes of the torus, modulo %i', async (N) => {
    const { row, penalty } = await logitsOf('literal', N);
    expect(Math.abs(penalty - energyByModes(N, row))).toBeLessThan(1e-12);
  });

  test('permuted: the same of the logits on residues in the order that was drawn, and another number', async () => {
    const N = 7;
    const { row, penalty, experiment } = await logitsOf('permuted', N);
    const residue = permutedCycle(experiment.seed, N);
    const moved = energyByModes(N, (a, b) => row(residue[a] as number, residue[b] as number));
    expect(Math.abs(penalty - moved)).toBeLessThan(1e-12);
    expect(Math.abs(penalty - energyByModes(N, row))).toBeGreaterThan(1e-3);
    expect([...residue].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test.each([
    [7, 'add'],
    [7, 'sub'],
    [8, 'add'],
    [9, 'sub'],
  ])(
    'best_relabelled: the least over units of the energy of the answer’s modes, modulo %i for %s',
    async (N, op) => {
      const { row, penalty } = await logitsOf('best_relabelled', N, op);
      const centred = (a: number, b: number): number[] => {
        const logits = row(a, b);
        const mean = logits.reduce((total, z) => total + z, 0) / N;
        return logits.map((z) => z - mean);
      };
      const power = Array.from({ length: N }, (_, k) => powerAt(N, centred, k, op === 'add' ? k : N - k));
      const energyBy = (u: number): number => {
        let [energy, all] = [0, 0];
        for (let k = 1; k < N; k++) {
          energy += (1 - Math.cos((2 * Math.PI * u * k) / N)) * (power[k] as number);
          all += power[k] as number;
        }
        return energy / all;
      };
      const units = Array.from({ length: N }, (_, u) => u).filter((u) =>
        Array.from({ length: N }, (_, v) => (u * v) % N).includes(1),
      );
      expect(Math.abs(penalty - Math.min(...units.map(energyBy)))).toBeLessThan(1e-12);
    },
  );

  /** ⟨f, (I − D^(−½) A D^(−½)) f⟩/⟨f, f⟩ over the train pairs, pairs without neighbours at 0. */
  function energyByEdges(
    trainer: Trainer,
    row: (a: number, b: number) => number[],
    adjacent: (axis: 0 | 1, t: number, u: number) => boolean,
  ): number {
    const { split, tokens } = trainer.dataset;
    const pairs = [...split.train].map((e) => [tokens[0]?.[e] as number, tokens[1]?.[e] as number] as const);
    const joined = ([a, b]: readonly [number, number], [c, d]: readonly [number, number]): boolean =>
      (b === d && adjacent(0, a, c)) || (a === c && adjacent(1, b, d));
    const degree = pairs.map((pair) => pairs.filter((other) => joined(pair, other)).length);
    let [energy, all] = [0, 0];
    for (const [i, pair] of pairs.entries()) {
      const own = row(...pair).reduce((total, z) => total + z * z, 0);
      all += own;
      if (degree[i] === 0) continue;
      energy += own;
      for (const [j, other] of pairs.entries()) {
        if (!joined(pair, other)) continue;
        const others = row(...other);
        const product = row(...pair).reduce((total, z, c) => total + z * (others[c] as number), 0);
        energy -= product / Math.sqrt((degree[i] as number) * (degree[j] as number));
      }
    }
    return energy / all;
  }

  test.each([5, 7])(
    'train_pairs: the form of the normalised Laplacian over train pairs, modulo %i',
    async (N) => {
      const { row, penalty, trainer } = await logitsOf('train_pairs', N);
      const onCycle = (_: 0 | 1, t: number, u: number): boolean =>
        (t - u + N) % N === 1 || (u - t + N) % N === 1;
      expect(Math.abs(penalty - energyByEdges(trainer, row, onCycle))).toBeLessThan(1e-12);
    },
  );

  /** Squared distances between the rows of an operand's block of W_1. */
  function nearestTwo(trainer: Trainer, N: number, axis: 0 | 1, t: number): number[] {
    const values = trainer.parameters().get('W_1')?.values as Float64Array;
    const width = values.length / (2 * N);
    const rowOf = (u: number) => values.subarray((axis * N + u) * width, (axis * N + u + 1) * width);
    const far = (u: number): number =>
      rowOf(t).reduce((d, x, i) => d + (x - (rowOf(u)[i] as number)) ** 2, 0);
    const others = Array.from({ length: N }, (_, u) => u).filter((u) => u !== t);
    return others.sort((u, v) => far(u) - far(v)).slice(0, 2);
  }

  test('neighbours: the same on the nearest neighbours in the rows of W_1 of each operand', async () => {
    const N = 7;
    const { row, penalty, trainer } = await logitsOf('neighbours', N);
    const near = (axis: 0 | 1, t: number, u: number): boolean =>
      nearestTwo(trainer, N, axis, t).includes(u) || nearestTwo(trainer, N, axis, u).includes(t);
    expect(Math.abs(penalty - energyByEdges(trainer, row, near))).toBeLessThan(1e-12);
  });

  test.each([5, 8])('embedding_entropy: −Σ π ln π of the embedding’s spectrum, modulo %i', async (N) => {
    const { penalty, trainer } = await logitsOf('embedding_entropy', N);
    const values = trainer.parameters().get('W_1')?.values as Float64Array;
    const width = values.length / (2 * N);
    const entropies = [0, 1].map((block) => {
      const power = Array.from({ length: N }, (_, k) =>
        powerAt(N, (t) => [...values.subarray((block * N + t) * width, (block * N + t + 1) * width)], k, 0),
      );
      // k and N − k are one frequency; 0 is the mean.
      const shared = power.slice(1, Math.floor(N / 2) + 1).map((P, i) => (2 * (i + 1) === N ? P : 2 * P));
      const all = shared.reduce((total, P) => total + P, 0);
      return -shared.reduce((total, P) => total + (P / all) * Math.log(P / all), 0);
    });
    expect(Math.abs(penalty - ((entropies[0] as number) + (entropies[1] as number)) / 2)).toBeLessThan(1e-12);
  });
});

/** W_1 and W_2 of a quadratic network whose logits are 4·cos(2πka/N)·cos(2πkb/N)·w_c: (x + y)² − (x − y)² = 4xy. */
function productOfCosines(N: number, k: number): { W_1: number[]; W_2: number[] } {
  const cosine = (t: number): number => Math.cos((2 * Math.PI * k * t) / N);
  const tokens = Array.from({ length: N }, (_, t) => t);
  const classes = tokens.map((c) => (c === 0 ? N - 1 : -1)); // sums to 0: no softmax gauge
  return {
    W_1: [
      ...tokens.flatMap((t) => [cosine(t), cosine(t)]),
      ...tokens.flatMap((t) => [cosine(t), -cosine(t)]),
    ],
    W_2: [...classes, ...classes.map((w) => -w)],
  };
}

async function ofOneFrequency(kind: Kind, N: number, k: number): Promise<Scene> {
  const model: ModelInput = { type: 'two_layer', hidden_dim: 2, activation: 'quadratic' };
  const one = await scene(experimentWith(kind, N, 'add', model));
  const values: Record<string, number[]> = productOfCosines(N, k);
  for (const w of one.network.model.parameters)
    one.machine.setParameter(w, values[parameterName(w)] as number[]);
  return one;
}

test.each([1, 2, 3, 5])(
  'a function of frequency %i alone has the literal energy 1 − cos(2πk/N), relabelled 1 − cos(2π/N)',
  async (k) => {
    const N = 11;
    const energy = async (kind: Kind): Promise<number> => (await ofOneFrequency(kind, N, k)).program.value();
    const literal = 1 - Math.cos((2 * Math.PI * k) / N);
    expect(Math.abs((await energy('literal')) - literal)).toBeLessThan(1e-12);
    expect(Math.abs((await energy('best_relabelled')) - (1 - Math.cos((2 * Math.PI) / N)))).toBeLessThan(
      1e-12,
    );
    expect(Math.abs(await energy('embedding_entropy'))).toBeLessThan(1e-12);
    expect(Math.abs((await energy('permuted')) - literal)).toBeGreaterThan(1e-3);
  },
);

test.each(penaltyKinds)('%s of a network of zeros is 0, and its gradient finite', async (kind) => {
  const { machine, network, program } = await scene(experimentWith(kind, 5));
  for (const w of network.model.parameters) machine.setParameter(w, machine.getParameter(w).fill(0));
  expect(program.value()).toBeCloseTo(0, 12);
  for (const stored of penaltyOf(network).gradients.values())
    expect([...machine.getParameter(stored)].every(Number.isFinite)).toBe(true);
});
