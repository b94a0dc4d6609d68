/** The accuracies of a run over training steps: the picture of grokking (Power et al. 2022, figure 1). */
import type { MilestoneOptions } from '../training/milestones.ts';
import { type FigureOptions, lineChart } from './line-chart.ts';
import { percentLabel } from './number-labels.ts';
import { milestoneMarks, milestonesOf, milestoneWords, type RunMetrics, splitCurves } from './run-figure.ts';

/** Draws the `accuracy` (0 to 1) of every split as SVG, null if the run has none. */
export function accuracyCurves(
  run: RunMetrics,
  options: FigureOptions & MilestoneOptions = {},
): string | null {
  const curves = splitCurves(run, 'accuracy', percentLabel);
  if (curves.length === 0) return null;
  const milestones = milestonesOf(run, options);
  const range = {
    scale: 'linear',
    low: 0,
    high: 1,
    format: (value: number) => `${Math.round(100 * value)}`,
  } as const;
  const chart = {
    title: run.name,
    description: `Accuracy of ${curves.map(({ name }) => name).join(', ')} over training steps. ${milestoneWords(milestones)}`,
    panels: [{ title: 'Accuracy (%)', range, curves }],
    ...milestoneMarks(milestones),
  };
  return lineChart(chart, options);
}
