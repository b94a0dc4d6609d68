/** All figures of one or several runs, by file name: what `grokscope visualize` writes. */
import type { MilestoneOptions } from '../training/milestones.ts';
import { accuracyCurves } from './accuracy-curves.ts';
import { type EmbeddingPlanes, embeddingPlanes } from './embedding-planes.ts';
import type { FigureOptions } from './line-chart.ts';
import { lossCurves } from './loss-curves.ts';
import { milestonesOf, type RunMetrics } from './run-figure.ts';
import { spectralCurves } from './spectral-curves.ts';
import { type SpectrumMap, spectrumHeatMap } from './spectrum-heat-map.ts';
import { timeToGeneralization } from './time-to-generalization.ts';

/** A run with what there is beside its metrics. */
export interface RunFigures extends RunMetrics {
  /** Spectra of the logits, of the steps that are to be drawn. */
  readonly spectra?: readonly Omit<SpectrumMap, 'name'>[];
  /** The planes of the embedding, of the steps that are to be drawn, ascending. */
  readonly planes?: readonly Omit<EmbeddingPlanes, 'name'>[];
}

/**
 * Draws `<name>_loss_<xscale>.svg`, `<name>_accuracy_<xscale>.svg` and `<name>_spectral_<xscale>.svg` for every run, as
 * far as it has the columns, `<name>_spectrum_step000500.svg` and `<name>_embedding_step000500.svg` for the spectra and
 * planes that are given, and `time_to_generalization.svg` over the runs with accuracies. Characters of names that do not
 * belong in file names become `-`; a name that comes again gets a number.
 *
 * @throws RangeError if the milestone options are out of range, or a spectrum or plane cannot be drawn.
 */
export function figureSet(
  runs: readonly RunFigures[],
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
    for (const spectrum of run.spectra ?? []) {
      const svg = spectrumHeatMap({ ...spectrum, name: run.name }, options);
      add(`${stems[i]}_spectrum_${stepStem(spectrum.step)}`, svg);
    }
    for (const planes of run.planes ?? []) {
      const svg = embeddingPlanes({ ...planes, name: run.name }, options);
      add(`${stems[i]}_embedding_${stepStem(planes.step)}`, svg);
    }
  }
  const timed = runs
    .map((run) => ({ name: run.name, milestones: milestonesOf(run, options) }))
    .filter(({ milestones }) => milestones.last_step !== null);
  add('time_to_generalization', timeToGeneralization(timed, options));
  return figures;
}

/** A step as in the files of a run, so that names sort by it. */
function stepStem(step: number): string {
  return `step${String(step).padStart(6, '0')}`;
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
