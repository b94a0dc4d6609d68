/** The measures of the spectrum over training steps: of the logits on the torus of their inputs, and of the embedding. */
import type { MilestoneOptions } from '../training/milestones.ts';
import { seriesOf } from '../training/summary.ts';
import type { Curve } from './curve.ts';
import { type FigureOptions, lineChart, type Panel } from './line-chart.ts';
import { percentLabel, stepLabel, valueLabel } from './number-labels.ts';
import type { Meaning } from './palette.ts';
import { milestoneMarks, milestonesOf, milestoneWords, type RunMetrics, splitCurves } from './run-figure.ts';
import { rangeOf, type ValueRange } from './value-axis.ts';

/** A column of metrics.csv as a curve. */
interface Measure {
  readonly column: string;
  readonly name: string;
  readonly color: Meaning;
  readonly dash?: string;
}

interface PanelPlan {
  readonly title: string;
  readonly unit: 'percent' | 'fraction' | 'free';
  readonly measures: readonly Measure[];
  /** Held-out accuracy is drawn with them, so that one sees which of them leads. */
  readonly besideAccuracy?: boolean;
}

/** From top to bottom; a panel is drawn when the run has one of its columns. */
const plans: readonly PanelPlan[] = [
  {
    title: 'Share of low frequencies (% of power)',
    unit: 'percent',
    measures: [
      { column: 'spectral_low_frac', name: 'all modes', color: 'literal' },
      { column: 'gauge_free_low_frac', name: 'gauge removed', color: 'gaugefree' },
      { column: 'spectral_zero_share', name: 'mode (0, 0)', color: 'zeromode', dash: '6 3' },
    ],
  },
  {
    title: 'Laplacian energy (0 smooth, 2 rough)',
    unit: 'free',
    measures: [
      { column: 'spectral_energy', name: 'all modes', color: 'literal' },
      { column: 'gauge_free_energy', name: 'gauge removed', color: 'gaugefree' },
      { column: 'best_relabelled_energy', name: 'relabelled', color: 'relabelled', dash: '6 3' },
    ],
  },
  {
    title: 'Share of the diagonal (% of gauge-free power)',
    unit: 'percent',
    measures: [{ column: 'diagonal_share', name: 'diagonal', color: 'diagonal' }],
    besideAccuracy: true,
  },
  {
    title: 'Spectral entropy (nats)',
    unit: 'free',
    measures: [
      { column: 'spectral_entropy', name: 'all modes', color: 'literal' },
      { column: 'gauge_free_entropy', name: 'gauge removed', color: 'gaugefree' },
    ],
  },
  {
    title: 'Concentration (0 on all frequencies, 1 on one)',
    unit: 'fraction',
    measures: [
      { column: 'embedding_gini', name: 'embedding, Gini', color: 'gini' },
      { column: 'embedding_top5_share', name: 'top 5', color: 'topfive' },
      { column: 'embedding_ipr', name: 'IPR', color: 'ipr' },
      { column: 'spectral_gini', name: 'logits, Gini', color: 'gini', dash: '2 3' },
    ],
  },
  {
    title: 'Energy on the graph of nearest embeddings',
    unit: 'free',
    measures: [{ column: 'knn_energy', name: 'own graph', color: 'literal' }],
  },
];

/** Draws the spectral columns that the run has, related ones in one panel; null if it has none. */
export function spectralCurves(
  run: RunMetrics,
  options: FigureOptions & MilestoneOptions = {},
): string | null {
  const panels = plans.flatMap((plan) => panelOf(run, plan) ?? []);
  if (panels.length === 0) return null;
  const milestones = milestonesOf(run, options);
  const titles = panels.map(({ title }) => title).join('; ');
  const chart = {
    title: run.name,
    description: [`Over training steps: ${titles}.`, whichLeads(run), milestoneWords(milestones)]
      .filter((sentence) => sentence !== '')
      .join(' '),
    panels,
    ...milestoneMarks(milestones),
  };
  return lineChart(chart, options);
}

function panelOf(run: RunMetrics, { title, unit, measures, besideAccuracy }: PanelPlan): Panel | undefined {
  const describe = unit === 'percent' ? percentLabel : valueLabel;
  const measured = measures.flatMap((measure) => curvesOf(run, measure, describe));
  if (measured.length === 0) return undefined;
  const curves = besideAccuracy ? [...measured, ...heldOutAccuracy(run)] : measured;
  return { title, range: panelRange(unit, curves), curves };
}

function panelRange(unit: PanelPlan['unit'], curves: readonly Curve[]): ValueRange {
  if (unit === 'percent') {
    return { scale: 'linear', low: 0, high: 1, format: (value) => `${Math.round(100 * value)}` };
  }
  if (unit === 'fraction') return { scale: 'linear', low: 0, high: 1 };
  return rangeOf(
    curves.flatMap(({ points }) => points.map(({ value }) => value)),
    'linear',
  );
}

/** What is measured on all inputs stands in the row of every split; equal curves are one curve, of the model. */
function curvesOf(
  run: RunMetrics,
  { column, name, color, dash }: Measure,
  describe: (value: number) => string,
): Curve[] {
  const curves = splitCurves(run, column, describe);
  if (curves.length === 0) return [];
  const [first, ...others] = curves;
  const written = JSON.stringify(first.points);
  if (others.every(({ points }) => JSON.stringify(points) === written)) {
    return [{ ...first, name, color, dash }];
  }
  const dashes = [undefined, '7 3', '2 3'];
  return curves.map((curve, i) => ({ ...curve, name: `${name}, ${curve.name}`, color, dash: dashes[i] }));
}

/** The split by which grokking is judged: `test` where there is one, else `val`. */
function heldOutAccuracy(run: RunMetrics): Curve[] {
  const curve = splitCurves(run, 'accuracy', percentLabel).findLast(({ name }) => name !== 'train');
  return curve === undefined ? [] : [{ ...curve, name: 'held-out accuracy' }];
}

/** When the diagonal share and held-out accuracy first reach one half. */
function whichLeads(run: RunMetrics): string {
  const share = seriesOf(run.rows, 'train', 'diagonal_share').find(({ value }) => value >= 0.5);
  const accuracy = heldOutAccuracy(run)[0]?.points.find(({ value }) => value >= 0.5);
  if (share === undefined) return '';
  const other = accuracy === undefined ? 'does not' : `at step ${stepLabel(accuracy.step)}`;
  return `The share of the diagonal reaches one half at step ${stepLabel(share.step)}, held-out accuracy ${other}.`;
}
