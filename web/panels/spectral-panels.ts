/** The measures of the spectrum over time, each beside its nulls: what it is where there is nothing to be seen. */

import { percentLabel, stepLabel, valueLabel } from '../../src/figures/number-labels.ts';
import { diagonalShareOfNoise, entropyOfNoise, lowShareOfNoise } from '../../src/measures/noise-nulls.ts';
import { heldOutSplit, type LabRun } from '../run/lab-run.ts';
import { curvePanel } from './curve-panel.tsx';
import { numberAt, worded } from './curves.ts';
import { noiseNull, untrainedNull, untrainedValue } from './null-levels.ts';
import { answerOrder, torusSide } from './task-sizes.ts';

const without =
  'This run has no spectral measures: it was recorded without spectral.compute, or its inputs are not the elements of a group.';
const SPECTRUM = 'docs/measures.md#spectrum';

export const diagonalPanel = curvePanel({
  name: 'diagonal-share',
  title: 'Share of the answer’s functions',
  formulas: [
    {
      text: 'Σ P_kk over k ≠ 0 ÷ Σ P, without the softmax gauge and mode (0, 0); noise: 1/(p + 1)',
      document: SPECTRUM,
    },
  ],
  values: 'percent',
  nulls: [
    noiseNull('noise', (run) => {
      const order = answerOrder(run);
      return order === undefined ? undefined : diagonalShareOfNoise(order);
    }),
    untrainedNull('diagonal_share', 'diagonal'),
  ],
  curves: [
    { column: 'diagonal_share', name: 'diagonal', color: 'diagonal', of: 'model' },
    { column: 'accuracy', name: 'held-out accuracy', color: 'val', of: 'held-out' },
  ],
  without:
    'This run has no share of the diagonal: it was recorded without spectral.compute, its inputs are not the elements of a group, ' +
    'or its labels are drawn at random and no function of an answer.',
  sentence: diagonalSentence,
});

export const lowSharePanel = curvePanel({
  name: 'low-frequencies',
  title: 'Share of low frequencies',
  formulas: [
    {
      text: 'Σ P over the low band ÷ Σ P; of white noise: the band’s share of the modes',
      document: SPECTRUM,
    },
  ],
  values: 'percent',
  nulls: [noiseNull('noise', noiseLowShare), untrainedNull('gauge_free_low_frac', 'gaugefree')],
  curves: [
    { column: 'spectral_low_frac', name: 'all modes', color: 'literal', of: 'model' },
    { column: 'gauge_free_low_frac', name: 'gauge removed', color: 'gaugefree', of: 'model' },
    { column: 'spectral_zero_share', name: 'mode (0, 0)', color: 'zeromode', dash: [6, 3], of: 'model' },
  ],
  without,
  sentence: lowShareSentence,
});

export const energyPanel = curvePanel({
  name: 'laplacian-energy',
  title: 'Laplacian energy',
  formulas: [
    { text: 'Σ λP ÷ Σ P, λ_ij = 1 − ½(cos 2πi/p + cos 2πj/p) on the torus; noise: 1', document: SPECTRUM },
    { text: 'relabelled: the least over a → u·a of the energy on the diagonal', document: SPECTRUM },
  ],
  values: 'free',
  nulls: [
    noiseNull('noise', (run) => (torusSide(run) === undefined ? undefined : 1)),
    untrainedNull('gauge_free_energy', 'gaugefree', 'untrained, gauge removed'),
    untrainedNull('best_relabelled_energy', 'relabelled', 'untrained, relabelled'),
  ],
  curves: [
    { column: 'spectral_energy', name: 'all modes', color: 'literal', of: 'model' },
    { column: 'gauge_free_energy', name: 'gauge removed', color: 'gaugefree', of: 'model' },
    { column: 'best_relabelled_energy', name: 'relabelled', color: 'relabelled', dash: [6, 3], of: 'model' },
  ],
  without,
  sentence: energySentence,
});

export const entropyPanel = curvePanel({
  name: 'spectral-entropy',
  title: 'Entropy of the spectrum',
  formulas: [
    {
      text: '−Σ π ln π with π = P ÷ Σ P, in nats: e to it is a number of modes; noise on M modes and C classes: ln M − 1/(2C)',
      document: SPECTRUM,
    },
  ],
  values: 'free',
  curves: [
    { column: 'spectral_entropy', name: 'all modes', color: 'literal', of: 'model' },
    { column: 'gauge_free_entropy', name: 'gauge removed', color: 'gaugefree', of: 'model' },
  ],
  nulls: [noiseNull('noise', noiseEntropy), untrainedNull('gauge_free_entropy', 'gaugefree')],
  without,
  sentence: entropySentence,
});

function noiseEntropy(run: LabRun): number | undefined {
  const side = torusSide(run);
  const classes = run.examples.value?.classes;
  return side === undefined || classes === undefined ? undefined : entropyOfNoise(side * side, classes);
}

/** Sorting all modes takes a while, and the null of a run never changes. */
const noiseShares = new WeakMap<LabRun, number>();

function noiseLowShare(run: LabRun): number | undefined {
  const side = torusSide(run);
  const band = run.experiment.value?.spectral;
  if (side === undefined || band === undefined) return undefined;
  const share = noiseShares.get(run) ?? lowShareOfNoise(side, band);
  noiseShares.set(run, share);
  return share;
}

function diagonalSentence(run: LabRun, step: number): string {
  const share = numberAt(run, 'diagonal_share', step);
  const untrained = untrainedValue(run, 'diagonal_share');
  if (share === undefined)
    return `At step ${stepLabel(step)} the share of the diagonal is not defined for this task.`;
  const accuracy = numberAt(run, 'accuracy', step, heldOutSplit(run));
  const beside = accuracy === undefined ? '' : `, while held-out accuracy is ${percentLabel(accuracy)}`;
  return `At step ${stepLabel(step)} functions of the answer alone hold ${percentLabel(share)} of the power of the logits, gauge removed${comparison('untrained', untrained, 'percent')}${beside}.`;
}

function lowShareSentence(run: LabRun, step: number): string {
  const [all, free, zero] = ['spectral_low_frac', 'gauge_free_low_frac', 'spectral_zero_share'].map(
    (column) => worded(numberAt(run, column, step), 'percent'),
  );
  return `At step ${stepLabel(step)} the low band holds ${all} of all power and ${free} of it without the offset that softmax ignores; mode (0, 0) alone holds ${zero}${comparison('of noise the band would hold', noiseLowShare(run), 'percent')}.`;
}

function energySentence(run: LabRun, step: number): string {
  const [all, free, relabelled] = ['spectral_energy', 'gauge_free_energy', 'best_relabelled_energy'].map(
    (column) => worded(numberAt(run, column, step), 'number'),
  );
  return `At step ${stepLabel(step)} the energy is ${all} as stated and ${free} without the offset that softmax ignores (noise: 1), ${relabelled} under the best relabelling${comparison('untrained', untrainedValue(run, 'best_relabelled_energy'), 'number')}.`;
}

function entropySentence(run: LabRun, step: number): string {
  const [all, free] = ['spectral_entropy', 'gauge_free_entropy'].map((column) => numberAt(run, column, step));
  const modes =
    free === undefined ? '' : `, as of ${valueLabel(Number(Math.exp(free).toPrecision(2)))} equal modes`;
  return `At step ${stepLabel(step)} the entropy of the power is ${worded(all, 'number')} nats, and ${worded(free, 'number')} without the offset that softmax ignores${modes}${comparison('noise', noiseEntropy(run), 'number')}.`;
}

/** A null in brackets; nothing where it is not known. */
export function comparison(name: string, value: number | undefined, kind: 'percent' | 'number'): string {
  return value === undefined ? '' : ` (${name}: ${worded(value, kind)})`;
}
