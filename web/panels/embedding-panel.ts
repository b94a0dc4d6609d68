/** The embedding on the planes of its strongest frequencies, in which a circle is seen as one. */

import { embeddingPlanes } from '../../src/figures/embedding-planes.ts';
import { percentLabel, stepLabel, valueLabel } from '../../src/figures/number-labels.ts';
import { type FourierPlane, strongestPlanes } from '../../src/measures/fourier-plane.ts';
import type { EmbeddingTable, Moment } from '../run/moment.ts';
import { csvOf } from './csv.ts';
import { figurePanel, unlessKept } from './figure-panel.tsx';
import { withoutCycle } from './without-cycle.ts';

const COMPUTED = 5;
/** As many as stand in one row of a page this wide, in px. */
const shownIn = (width: number) => (width < 480 ? 2 : width < 1000 ? 3 : COMPUTED);

/** Of squares in a row with three lines below, a subtitle of one or two lines, and the bar of tokens. */
function planesHeight(width: number): number {
  const columns = shownIn(width);
  const side = Math.min(280, (width - 28 - 16 * (columns - 1)) / columns);
  return side + (width < 700 ? 210 : width < 1000 ? 193 : 176);
}

interface MomentPlanes {
  readonly table: EmbeddingTable;
  readonly planes: readonly FourierPlane[];
}

const known = new WeakMap<Moment, MomentPlanes>();

/** The strongest planes of the first embedding, computed once a moment. */
function planesOf(moment: Moment | undefined): MomentPlanes | undefined {
  const table = moment?.embeddings?.[0];
  if (moment === undefined || table === undefined) return undefined;
  let planes = known.get(moment);
  if (planes === undefined) {
    planes = { table, planes: strongestPlanes(table.values, table.rows, table.columns, COMPUTED) };
    known.set(moment, planes);
  }
  return planes;
}

export const embeddingPanel = figurePanel({
  name: 'embedding',
  ofMoment: true,
  title: 'Embedding on its Fourier planes',
  formulas: [
    {
      text: 'F_k = Σ_t x_t e^(−2πikt/p) of the centred embedding; the plane of k is spanned by Re F_k and Im F_k',
      document: 'docs/measures.md#circles',
    },
    {
      text: 'R² of the circle: Procrustes; of noise in this plane about d/(p + d)',
      document: 'docs/measures.md#circles',
    },
  ],
  largest: 1500,
  height: planesHeight,
  wide: true,
  refusal: (run) =>
    withoutCycle(run, 'on whose frequencies these planes are defined') ??
    unlessKept(
      run,
      ({ embeddings = [] }) => embeddings.length > 0,
      'This run has no embedding of its tokens.',
    ),
  whatYouSee: ({ view }) => embeddingSentence(view.moment.value),
  draw: ({ view }, options) => {
    const moment = view.moment.value;
    const found = planesOf(moment);
    if (moment === undefined || found === undefined) return undefined;
    const planes = found.planes
      .slice(0, shownIn(options.width ?? 720))
      .map(({ frequency, share, points, axisRatio, axisCosine }) => ({
        frequency,
        share,
        points: Array.from(
          { length: found.table.rows },
          (_, t) => [points[2 * t], points[2 * t + 1]] as const,
        ),
        ratio: axisRatio,
        cos: axisCosine,
      }));
    return embeddingPlanes({ name: found.table.name, step: moment.step, planes }, options) ?? undefined;
  },
  csv: ({ view }) => {
    const found = planesOf(view.moment.value);
    const header = [
      'token',
      ...(found?.planes ?? []).flatMap(({ frequency: k }) => [`x (k = ${k})`, `y (k = ${k})`]),
    ];
    const rows = Array.from({ length: found?.table.rows ?? 0 }, (_, t) => [
      t,
      ...(found?.planes ?? []).flatMap(({ points }) => [points[2 * t], points[2 * t + 1]]),
    ]);
    return csvOf(header, rows);
  },
});

/** What there is to be seen at a moment. */
function embeddingSentence(moment: Moment | undefined): string {
  const found = planesOf(moment);
  const strongest = found?.planes[0];
  if (moment === undefined || found === undefined || strongest === undefined)
    return 'There is no embedding yet.';
  const { rows, columns } = found.table;
  const noise = columns / (rows + columns);
  const { frequency, share, circleFit } = strongest;
  if (!Number.isFinite(circleFit))
    return `At step ${stepLabel(moment.step)} the embedding is not finite: training has diverged.`;
  return `At step ${stepLabel(moment.step)} the strongest frequency, k = ${frequency}, holds ${percentLabel(share)} of the power of ${found.table.name} (${percentLabel(2 / (rows - 1))} each if all were equal), and its plane is a circle to R² = ${valueLabel(circleFit)} (of noise: about ${valueLabel(noise)}).`;
}
