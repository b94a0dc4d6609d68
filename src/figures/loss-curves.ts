/** The losses of a run over training steps, on a logarithmic axis. */
import type { MilestoneOptions } from '../training/milestones.ts';
import { type FigureOptions, lineChart } from './line-chart.ts';
import { valueLabel } from './number-labels.ts';
import { milestoneMarks, milestonesOf, milestoneWords, type RunMetrics, splitCurves } from './run-figure.ts';
import { rangeOf } from './value-axis.ts';

/**
 * Draws the `loss` of every split as SVG, null if the run has none. A loss of exactly 0 (softmax collapse) lies on the
 * lower edge of the plot, one that is not finite interrupts its curve.
 */
export function lossCurves(run: RunMetrics, options: FigureOptions & MilestoneOptions = {}): string | null {
  const curves = splitCurves(run, 'loss', valueLabel);
  if (curves.length === 0) return null;
  const milestones = milestonesOf(run, options);
  const values = curves.flatMap(({ points }) => points.map(({ value }) => value));
  const chart = {
    title: run.name,
    description: `Loss of ${curves.map(({ name }) => name).join(', ')} over training steps. ${milestoneWords(milestones)}`,
    panels: [{ title: 'Loss (log scale)', range: rangeOf(values, 'log'), curves }],
    ...milestoneMarks(milestones),
  };
  return lineChart(chart, options);
}
