/** The spectrum of the logits on the torus of their inputs as a map, at the moment that is shown. */

import { percentLabel, stepLabel } from '../../src/figures/number-labels.ts';
import { spectrumHeatMap } from '../../src/figures/spectrum-heat-map.ts';
import type { Diagonal } from '../../src/figures/spectrum-words.ts';
import type { LabRun } from '../run/lab-run.ts';
import type { LogitSpectrum } from '../run/moment.ts';
import { csvOf } from './csv.ts';
import { figurePanel, unlessKept } from './figure-panel.tsx';

/** Which diagonal the answers of a task lie on; undefined where its inputs are no torus. */
export function diagonalOf({ task, dataset }: { task: string; dataset: object }): Diagonal | undefined {
  if (task === 'random_labels') return 'none';
  const { op, group } = dataset as { op?: string; group?: string };
  if (task === 'group') return /^C\d/.test(group ?? '') ? 'main' : undefined;
  if (task !== 'modular') return undefined;
  return op === 'add' ? 'main' : op === 'sub' ? 'anti' : 'none';
}

/** Power by both frequencies; undefined where the modes are no pairs of frequencies. */
function squareOf({ shape, power }: LogitSpectrum): number[][] | undefined {
  const [side, other, ...further] = shape;
  if (side === undefined || side < 3 || side !== other || further.length > 0) return undefined;
  return Array.from({ length: side }, (_, i) => [...power.subarray(i * side, (i + 1) * side)]);
}

function mapOf(run: LabRun, spectrum: LogitSpectrum | undefined) {
  const experiment = run.experiment.value;
  const diagonal = experiment && diagonalOf(experiment);
  const power = spectrum && squareOf(spectrum);
  return diagonal === undefined || power === undefined ? undefined : { power, diagonal };
}

export const spectrumPanel = figurePanel({
  name: 'spectrum-map',
  ofMoment: true,
  title: 'Spectrum of the logits',
  formulas: [
    {
      text: 'P_ij = Σ_c |FFT2(L_c)|²_ij over all inputs (a, b), as shares of ΣP',
      document: 'docs/measures.md#spectrum',
    },
  ],
  tall: true,
  largest: 480,
  height: (width) => width + (width < 400 ? 224 : 190),
  refusal: (run) => {
    const experiment = run.experiment.value;
    if (experiment !== undefined && diagonalOf(experiment) === undefined) {
      return 'The inputs of this task are no torus, whose modes are pairs of frequencies: choose a modular task.';
    }
    return unlessKept(
      run,
      ({ spectrum }) => spectrum !== undefined && squareOf(spectrum) !== undefined,
      'This run has kept no spectra of its logits: record it with spectral.compute.',
    );
  },
  whatYouSee: ({ run, view }) => {
    const moment = view.moment.value;
    const map = mapOf(run, moment?.spectrum);
    if (moment === undefined || map === undefined) return 'There is no spectrum yet.';
    return spectrumSentence(map.power, map.diagonal, moment.step);
  },
  draw: ({ run, view }, options) => {
    const moment = view.moment.value;
    const map = mapOf(run, moment?.spectrum);
    if (moment === undefined || map === undefined) return undefined;
    return spectrumHeatMap({ name: run.name.value, step: moment.step, ...map }, options);
  },
  csv: ({ run, view }) => {
    const { power = [] } = mapOf(run, view.moment.value?.spectrum) ?? {};
    return csvOf(
      ['frequency of a', 'frequency of b', 'power'],
      power.flatMap((row, i) => row.map((value, j) => [i, j, value])),
    );
  },
});

/** How much of the power lies on the diagonal of the answers, beside the null. */
export function spectrumSentence(
  power: readonly (readonly number[])[],
  diagonal: Diagonal,
  step: number,
): string {
  const p = power.length;
  const total = power.flat().reduce((a, b) => a + b, 0);
  if (!Number.isFinite(total))
    return `At step ${stepLabel(step)} the power is not finite: training has diverged.`;
  const rest = total - power[0][0];
  if (!(rest > 0)) return `At step ${stepLabel(step)} the logits are the same for all inputs.`;
  if (diagonal === 'none') {
    return `At step ${stepLabel(step)} mode (0, 0), which softmax mostly ignores, holds ${percentLabel(power[0][0] / total)} of all power; the answers of this task lie on no diagonal.`;
  }
  const onDiagonal = power.reduce(
    (sum, row, i) => (i === 0 ? 0 : sum + row[diagonal === 'main' ? i : p - i]),
    0,
  );
  const functions = diagonal === 'main' ? 'a + b' : 'a − b';
  return `At step ${stepLabel(step)} the diagonal, functions of ${functions} alone, holds ${percentLabel(onDiagonal / rest)} of the power without mode (0, 0); of noise it would hold ${percentLabel(1 / (p + 1))}.`;
}
