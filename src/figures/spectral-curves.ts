/** Share of low graph frequencies and spectral entropy of the logits over training steps (columns spectral_…). */
import type { MilestoneOptions } from '../training/milestones.ts';
import type { Curve } from './curve.ts';
import { type FigureOptions, lineChart, type Panel } from './line-chart.ts';
import { percentLabel, valueLabel } from './number-labels.ts';
import { milestoneMarks, milestonesOf, milestoneWords, type RunMetrics, splitCurves } from './run-figure.ts';
import { rangeOf } from './value-axis.ts';

/** Draws the spectral columns that the run has, one panel each; null if it has neither. */
export function spectralCurves(
  run: RunMetrics,
  options: FigureOptions & MilestoneOptions = {},
): string | null {
  const share = merged(splitCurves(run, 'spectral_low_frac', percentLabel));
  const entropy = merged(splitCurves(run, 'spectral_entropy', valueLabel));
  const panels: Panel[] = [];
  if (share.length > 0) {
    const range = {
      scale: 'linear',
      low: 0,
      high: 1,
      format: (value: number) => `${Math.round(100 * value)}`,
    } as const;
    panels.push({ title: 'Share of low frequencies (% of power)', range, curves: share });
  }
  if (entropy.length > 0) {
    const values = entropy.flatMap(({ points }) => points.map(({ value }) => value));
    panels.push({ title: 'Spectral entropy (nats)', range: rangeOf(values, 'linear'), curves: entropy });
  }
  if (panels.length === 0) return null;
  const milestones = milestonesOf(run, options);
  const chart = {
    title: run.name,
    description: `${panels.map(({ title }) => title).join(' and ')} over training steps. ${milestoneWords(milestones)}`,
    panels,
    ...milestoneMarks(milestones),
  };
  return lineChart(chart, options);
}

/** What is measured on all inputs stands in the row of every split; equal curves are one curve, of the model. */
function merged(curves: readonly Curve[]): Curve[] {
  const [first, ...others] = curves;
  if (first === undefined) return [];
  const written = JSON.stringify(first.points);
  const same = others.every(({ points }) => JSON.stringify(points) === written);
  return same ? [{ ...first, name: 'all inputs', color: 'ink', dash: undefined }] : [...curves];
}
