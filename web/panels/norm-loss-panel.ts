/** Weight norm against train loss: the fall to where the loss is nearly 0, and the slide along it to smaller weights (Musat 2511.01938). */

import { percentLabel, stepLabel, valueLabel } from '../../src/figures/number-labels.ts';
import type { Theme } from '../../src/figures/palette.ts';
import { element, figure, line, stroked, text } from '../../src/figures/svg.ts';
import { textWidth } from '../../src/figures/text-width.ts';
import { drawValueAxis, rangeOf, valueAxis } from '../../src/figures/value-axis.ts';
import type { LabRun } from '../run/lab-run.ts';
import { AlignedSeries } from './aligned-series.ts';
import { csvOf } from './csv.ts';
import { indexAt } from './cursor-keys.ts';
import { numberAt } from './curves.ts';
import { figurePanel } from './figure-panel.tsx';
import { thinnedPath } from './thinned-path.ts';
import { ThinnedTrace, type TracePoint } from './thinned-trace.ts';

/** What a loss of exactly 0 is drawn as. */
const SMALLEST = 1e-30;

interface GrowingTrace {
  readonly aligned: AlignedSeries;
  readonly trace: ThinnedTrace;
  count: number;
  points: readonly TracePoint[];
}

const growing = new WeakMap<LabRun, GrowingTrace>();

const alignedOf = (run: LabRun) =>
  new AlignedSeries([run.series('train', 'weight_norm'), run.series('train', 'loss')]);

/** Where a run has both numbers, thinned; of its rows only those that are new are read. Subscribes to them. */
function traceOf(run: LabRun): readonly TracePoint[] {
  const size = run.rows.value.length;
  let state = growing.get(run);
  if (state === undefined || size === 0) {
    state = { aligned: alignedOf(run), trace: new ThinnedTrace(), count: 0, points: [] };
    growing.set(run, state);
  }
  const { steps, columns } = state.aligned.update();
  if (state.count === steps.length) return state.points;
  for (; state.count < steps.length; state.count++) {
    const [norm, loss] = [columns[0][state.count], columns[1][state.count]];
    if (typeof norm !== 'number' || typeof loss !== 'number') continue;
    state.trace.add({ step: steps[state.count], x: norm, y: Math.log10(Math.max(loss, SMALLEST)) });
  }
  state.points = state.trace.points;
  return state.points;
}

export const normLossPanel = figurePanel({
  name: 'norm-and-loss',
  title: 'Weight norm against train loss',
  largest: 560,
  height: (width) => 40 + plotHeight(width) + 44,
  formulas: [
    {
      text: '‖θ‖ of all trained weights against the mean train loss, without weight decay',
      document: 'docs/theory.md',
    },
  ],
  refusal: (run) =>
    run.rows.value.length > 0 && traceOf(run).length === 0
      ? 'This run has recorded no weight norms, or no train losses.'
      : undefined,
  whatYouSee: ({ run, view }) => normLossSentence(run, view.shownStep.value),
  draw: ({ run, view }, options) => {
    const trace = traceOf(run);
    return trace.length === 0 ? undefined : normLossFigure(trace, view.shownStep.value, options);
  },
  csv: ({ run }) => {
    const { steps, columns } = alignedOf(run).update();
    return csvOf(
      ['step', 'weight_norm', 'train_loss'],
      steps.map((step, i) => [step, columns[0][i] ?? undefined, columns[1][i] ?? undefined]),
    );
  },
});

/** Where the run is, and what the norm has done since it memorised. */
function normLossSentence(run: LabRun, step: number): string {
  const norm = numberAt(run, 'weight_norm', step);
  const loss = numberAt(run, 'loss', step);
  if (norm === undefined || loss === undefined)
    return `At step ${stepLabel(step)} norm or loss is no number.`;
  const { memorized_step: memorised = null } = run.milestones.value ?? {};
  const then = memorised === null ? undefined : numberAt(run, 'weight_norm', memorised);
  const here = `At step ${stepLabel(step)} the weights have norm ${valueLabel(norm)} at a train loss of ${valueLabel(loss)}`;
  if (memorised === null || then === undefined || step <= memorised) return `${here}.`;
  const change = Math.abs(norm / then - 1);
  const words =
    change < 0.005
      ? 'as at memorisation'
      : `${percentLabel(change)} ${norm < then ? 'less' : 'more'} than at memorisation, step ${stepLabel(memorised)}`;
  return `${here}: ${words}.`;
}

const EDGE = 14;
const INSET = 6;

const plotHeight = (width: number) => Math.round(Math.min(300, Math.max(200, width * 0.55)));

/** The path of a run, from its first evaluation (a ring) on, what comes after the step that is shown paler. */
export function normLossFigure(
  trace: readonly TracePoint[],
  shown: number,
  { width = 560, theme = 'auto' }: { readonly width?: number; readonly theme?: Theme } = {},
): string {
  const [top, bottom] = [40, 40 + plotHeight(width)];
  const losses = trace.map(({ y }) => (y > Math.log10(SMALLEST) ? 10 ** y : 0));
  const vertical = valueAxis(rangeOf(losses, 'log'), bottom - INSET, top + INSET);
  const left = EDGE + 8 + Math.max(...vertical.ticks.map(({ label = '' }) => textWidth(label, 12)));
  const right = width - EDGE;
  const range = rangeOf(
    trace.map(({ x }) => x),
    'linear',
  );
  const horizontal = valueAxis(range, left + INSET, right - INSET);
  const positions = trace.map(({ x }, i) => ({ x: horizontal.position(x), y: vertical.position(losses[i]) }));
  const at = indexAt(
    trace.map(({ step }) => step),
    shown,
  );
  const [start, here] = [positions[0], positions[at]];
  const words = (i: number) =>
    `norm ${valueLabel(trace[i].x)} and train loss ${valueLabel(losses[i])} at step ${stepLabel(trace[i].step)}`;
  const description = `The path of the run from ${words(0)} to ${words(trace.length - 1)}.`;
  return figure(
    { width, height: bottom + 44, theme, title: 'Weight norm against train loss', description },
    text(EDGE, 24, 'Train loss (log scale)', { color: 'muted' }),
    ...drawValueAxis(vertical, left, right),
    line(left, bottom, right, bottom, { color: 'axis' }),
    ...horizontal.ticks.flatMap(({ at: x, label = '' }) => [
      line(x, bottom, x, bottom + 5, { color: 'axis' }),
      text(x, bottom + 19, label, { color: 'muted', anchor: 'middle' }),
    ]),
    text(right, bottom + 38, 'weight norm', { color: 'muted', anchor: 'end' }),
    stroked(thinnedPath(positions.slice(at)), { color: 'axis', width: 1.5 }),
    stroked(thinnedPath(positions.slice(0, at + 1)), { color: 'train', width: 2 }),
    element('circle', { class: 'stroke-train', cx: start.x, cy: start.y, r: 4, 'stroke-width': 1.5 }),
    element('circle', { class: 'fill-ink', cx: here.x, cy: here.y, r: 4.5 }),
  );
}
