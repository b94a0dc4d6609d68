/** The measures of spectrum and embedding over time, each beside its null: what it is where there is nothing to be seen. */

import { percentLabel, stepLabel } from '../../src/figures/number-labels.ts';
import { heldOutSplit, type LabRun } from '../run/lab-run.ts';
import { curvePanel } from './curve-panel.tsx';
import { numberAt, worded } from './curves.ts';

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
  curves: [
    { column: 'diagonal_share', name: 'diagonal', color: 'diagonal', of: 'model' },
    { column: 'accuracy', name: 'held-out accuracy', color: 'val', of: 'held-out' },
  ],
  without,
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
  curves: [
    { column: 'spectral_energy', name: 'all modes', color: 'literal', of: 'model' },
    { column: 'gauge_free_energy', name: 'gauge removed', color: 'gaugefree', of: 'model' },
    { column: 'best_relabelled_energy', name: 'relabelled', color: 'relabelled', dash: [6, 3], of: 'model' },
  ],
  without,
  sentence: energySentence,
});

export const concentrationPanel = curvePanel({
  name: 'concentration',
  title: 'Concentration on few frequencies',
  formulas: [
    {
      text: 'Gini coefficient, share of the five largest and Σ P² of P_k = ‖F_k‖² ÷ Σ ‖F‖²; Gini of Gaussian noise: 1/√(πd)',
      document: 'docs/measures.md#embedding-spectrum',
    },
  ],
  values: 'fraction',
  curves: [
    { column: 'embedding_gini', name: 'embedding, Gini', color: 'gini', of: 'model' },
    { column: 'embedding_top5_share', name: 'top 5', color: 'topfive', of: 'model' },
    { column: 'embedding_ipr', name: 'IPR', color: 'ipr', of: 'model' },
    { column: 'spectral_gini', name: 'logits, Gini', color: 'gini', dash: [2, 3], of: 'model' },
  ],
  without,
  sentence: concentrationSentence,
});

const first = (run: LabRun) => run.rows.value[0]?.step ?? 0;

export function diagonalSentence(run: LabRun, step: number): string {
  const share = numberAt(run, 'diagonal_share', step);
  const untrained = numberAt(run, 'diagonal_share', first(run));
  if (share === undefined)
    return `At step ${stepLabel(step)} the share of the diagonal is not defined for this task.`;
  const accuracy = numberAt(run, 'accuracy', step, heldOutSplit(run));
  const beside = accuracy === undefined ? '' : `, while held-out accuracy is ${percentLabel(accuracy)}`;
  return `At step ${stepLabel(step)} functions of the answer alone hold ${percentLabel(share)} of the power of the logits, gauge removed (untrained: ${worded(untrained, 'percent')})${beside}.`;
}

export function lowShareSentence(run: LabRun, step: number): string {
  const [all, free, zero] = ['spectral_low_frac', 'gauge_free_low_frac', 'spectral_zero_share'].map(
    (column) => worded(numberAt(run, column, step), 'percent'),
  );
  return `At step ${stepLabel(step)} the low band holds ${all} of all power and ${free} of it without the offset that softmax ignores; mode (0, 0) alone holds ${zero}.`;
}

export function energySentence(run: LabRun, step: number): string {
  const [all, free, relabelled] = ['spectral_energy', 'gauge_free_energy', 'best_relabelled_energy'].map(
    (column) => worded(numberAt(run, column, step), 'number'),
  );
  return `At step ${stepLabel(step)} the energy is ${all} as stated and ${free} without the offset that softmax ignores (noise: 1), ${relabelled} under the best relabelling.`;
}

export function concentrationSentence(run: LabRun, step: number): string {
  const at = (column: string, when: number) => numberAt(run, column, when);
  const gini = at('embedding_gini', step);
  if (gini === undefined) {
    return `At step ${stepLabel(step)} the Gini coefficient of the power of the logits is ${worded(at('spectral_gini', step), 'number')}.`;
  }
  return `At step ${stepLabel(step)} five frequencies hold ${worded(at('embedding_top5_share', step), 'percent')} of the power of the embedding and its Gini coefficient is ${worded(gini, 'number')}; before training ${worded(at('embedding_top5_share', first(run)), 'percent')} and ${worded(at('embedding_gini', first(run)), 'number')}.`;
}
