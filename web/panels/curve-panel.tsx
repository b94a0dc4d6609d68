/** A panel of curves over time, made from a plan of its columns. */

import { lineChart } from '../../src/figures/line-chart.ts';
import { percentLabel, valueLabel } from '../../src/figures/number-labels.ts';
import { rangeOf, type ValueRange } from '../../src/figures/value-axis.ts';
import type { LabRun } from '../run/lab-run.ts';
import { alignedOf, drawnCurves } from './compared-curves.ts';
import { csvOf } from './csv.ts';
import { type Curve, type CurvePlan, curvesOf, marksOf } from './curves.ts';
import type { ValueKind } from './moving-chart.ts';
import { nullCurves, nullWords } from './null-curves.ts';
import { type Level, levelsOf, type NullPlan } from './null-levels.ts';
import type { Panel, PanelProps } from './panel.ts';
import { TimeChart } from './time-chart.tsx';

export interface CurvePanelPlan {
  readonly name: string;
  readonly title: string;
  readonly formulas: Panel['formulas'];
  readonly wide?: boolean;
  readonly values: ValueKind;
  readonly curves: readonly CurvePlan[];
  /** What its measures are where there is nothing to be seen. */
  readonly nulls?: readonly NullPlan[];
  /** Why runs without any of the columns have none. */
  readonly without: string;
  /** What is to be seen at a step, in one sentence. */
  readonly sentence: (run: LabRun, step: number) => string;
}

export function curvePanel(plan: CurvePanelPlan): Panel {
  const { name, title, formulas, wide, values, curves, nulls = [], without, sentence } = plan;
  // Accuracy drawn beside a measure for comparison is no picture of that measure.
  const measured = curves.filter(({ of }) => of === 'model');
  const own = measured.length > 0 ? measured : curves;
  return {
    name,
    title,
    formulas,
    wide,
    refusal: (run) => (run.rows.value.length > 0 && curvesOf(run, own).length === 0 ? without : undefined),
    whatYouSee: ({ run, view }) =>
      run.rows.value.length === 0
        ? 'Nothing has been evaluated yet.'
        : sentence(run, view.shownStep.value) +
          nullWords(run, nulls, view.shownStep.value, values === 'percent' ? 'percent' : 'number'),
    Picture: (props) => (
      <TimeChart {...props} title={title.toLowerCase()} plans={curves} nulls={nulls} values={values} />
    ),
    csv: (props) =>
      curvesCsv([...drawnCurves(props, curves), ...nullCurves(props.run, nulls)], levelsOf(props.run, nulls)),
    svg: (props) => curvesFigure(plan, props),
  };
}

/** The whole chart as a figure of the library, with the time axis and the paper of the page. */
function curvesFigure(plan: CurvePanelPlan, { run, view }: PanelProps): string | undefined {
  const curves = [...drawnCurves({ run, view }, plan.curves), ...nullCurves(run, plan.nulls ?? [])];
  if (curves.length === 0) return undefined;
  const words = plan.values === 'percent' ? percentLabel : valueLabel;
  const drawn = curves.map(({ name, color, dash, series: { steps, values }, start = 0 }) => {
    const last = values.at(-1) ?? Number.NaN;
    return {
      name,
      color,
      dash: dash?.join(' '),
      points: steps.slice(start).map((step, i) => ({ step, value: values[start + i] })),
      final: Number.isFinite(last) ? words(last) : undefined,
    };
  });
  const levels = levelsOf(run, plan.nulls ?? []);
  const steps = drawn.flatMap(({ points }) =>
    [points[0], points.at(-1)].flatMap((point) => point?.step ?? []),
  );
  const ends = [Math.min(...steps), Math.max(...steps)];
  const lines = levels.map(({ name, color, dash, value }) => ({
    name,
    color,
    dash: dash.join(' '),
    width: 1.5,
    points: ends.map((step) => ({ step, value })),
    final: words(value),
  }));
  const { marks, phase } = marksOf(run);
  return lineChart(
    {
      title: run.name.value,
      description: plan.sentence(run, run.step.value),
      panels: [
        { title: plan.title, range: rangeFor(plan.values, curves, levels), curves: [...drawn, ...lines] },
      ],
      marks,
      phase: phase && [phase[0], phase[1]],
    },
    { xscale: view.logTime.value ? 'log' : 'linear', theme: view.paper.value },
  );
}

function rangeFor(values: ValueKind, curves: readonly Curve[], levels: readonly Level[]): ValueRange {
  if (values === 'percent')
    return { scale: 'linear', low: 0, high: 1, format: (value) => `${Math.round(100 * value)}%` };
  if (values === 'fraction') return { scale: 'linear', low: 0, high: 1 };
  return rangeOf(
    [...curves.flatMap(({ series }) => [...series.values]), ...levels.map(({ value }) => value)],
    values === 'log' ? 'log' : 'linear',
  );
}

/** One row for each step with one column for each curve, and for each null. */
function curvesCsv(curves: readonly Curve[], levels: readonly Level[] = []): string {
  const { steps, columns } = alignedOf(curves).update();
  const header = [
    'step',
    ...curves.map(({ name, column }) => `${column} (${name})`),
    ...levels.map(({ name }) => name),
  ];
  const constants = levels.map(({ value }) => value);
  return csvOf(
    header,
    steps.map((step, i) => [step, ...columns.map((column) => column[i] ?? undefined), ...constants]),
  );
}
