/** The curves of a chart over time: those of the run that is shown, or of several runs, one colour each, told apart by dash. */

import type { LabRun } from '../run/lab-run.ts';
import { AlignedSeries } from './aligned-series.ts';
import { type Curve, type CurvePlan, curvesOf } from './curves.ts';
import type { PanelProps } from './panel.ts';

/** In the order of the plan: the held-out curve, and the chief measure, is whole. */
const dashes: readonly (readonly number[] | undefined)[] = [undefined, [7, 3], [2, 3], [9, 3, 2, 3]];

/** Reads signals. */
export function drawnCurves(
  { run, view }: Pick<PanelProps, 'run' | 'view'>,
  plans: readonly CurvePlan[],
): Curve[] {
  const compared = view.compared.value;
  if (compared.length === 0) return curvesOf(run, plans);
  const order = [...plans].sort((one, other) => Number(one.of === 'train') - Number(other.of === 'train'));
  return compared.flatMap((drawn) =>
    order.flatMap((plan, i) =>
      curvesOf(drawn.run, [plan]).map((curve) => ({
        ...curve,
        name: `${drawn.name}, ${curve.name}`,
        color: drawn.color,
        dash: dashes[i % dashes.length],
        start: lastAt(curve.series.steps, drawn.start),
      })),
    ),
  );
}

/** The curves on one axis of steps, each from where it is drawn. */
export function alignedOf(curves: readonly Curve[]): AlignedSeries {
  return new AlignedSeries(
    curves.map(({ series }) => series),
    curves.map(({ start = 0 }) => start),
  );
}

/** The runs whose rows a chart draws. */
export function drawnRuns({ run, view }: Pick<PanelProps, 'run' | 'view'>): readonly LabRun[] {
  const compared = view.compared.value;
  return compared.length === 0 ? [run] : compared.map((drawn) => drawn.run);
}

/** Place of the last step at or before `step`, so that a fork begins on the curve that it leaves. */
function lastAt(steps: readonly number[], step: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] as number) <= step) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
