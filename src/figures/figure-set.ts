/** All figures of one or several runs, by file name: what `grokscope visualize` writes. */
import type { MilestoneOptions } from '../training/milestones.ts';
import { accuracyCurves } from './accuracy-curves.ts';
import type { FigureOptions } from './line-chart.ts';
import { lossCurves } from './loss-curves.ts';
import { milestonesOf, type RunMetrics } from './run-figure.ts';
import { spectralCurves } from './spectral-curves.ts';
import { timeToGeneralization } from './time-to-generalization.ts';

/**
 * Draws `<name>_loss_<xscale>.svg`, `<name>_accuracy_<xscale>.svg` and `<name>_spectral_<xscale>.svg` for every run, as
 * far as it has the columns, and `time_to_generalization.svg` over those with accuracies. Characters of names that do
 * not belong in file names become `-`; a name that comes again gets a number.
 *
 * @throws RangeError if the milestone options are out of range.
 */
export function figureSet(
  runs: readonly RunMetrics[],
  options: FigureOptions & MilestoneOptions = {},
): Map<string, string> {
  const { xscale = 'log' } = options;
  const figures = new Map<string, string>();
  const add = (file: string, svg: string | null) => {
    if (svg !== null) figures.set(`${file}.svg`, svg);
  };
  const stems = fileStems(runs.map(({ name }) => name));
  for (const [i, run] of runs.entries()) {
    add(`${stems[i]}_loss_${xscale}`, lossCurves(run, options));
    add(`${stems[i]}_accuracy_${xscale}`, accuracyCurves(run, options));
    add(`${stems[i]}_spectral_${xscale}`, spectralCurves(run, options));
  }
  const timed = runs
    .map((run) => ({ name: run.name, milestones: milestonesOf(run, options) }))
    .filter(({ milestones }) => milestones.last_step !== null);
  add('time_to_generalization', timeToGeneralization(timed, options));
  return figures;
}

/** Names as different file names, also where case does not count. */
function fileStems(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const stem = name.replace(/[^\p{L}\p{N}._+=-]+/gu, '-').replace(/^[.-]+|[.-]+$/g, '') || 'run';
    let candidate = stem;
    for (let n = 2; taken.has(candidate.toLowerCase()); n++) candidate = `${stem}-${n}`;
    taken.add(candidate.toLowerCase());
    return candidate;
  });
}
