/** The measures of circuits over time, which a run has where its settings ask for them: they cost a pass over all inputs each. */

import { percentLabel, stepLabel } from '../../src/figures/number-labels.ts';
import type { LabRun } from '../run/lab-run.ts';
import { curvePanel } from './curve-panel.tsx';
import { numberAt, worded } from './curves.ts';
import { noiseNull, untrainedNull, untrainedValue } from './null-levels.ts';
import { comparison } from './spectral-panels.ts';

/** Why a run has no curve of a measure, and how to have it. */
const withoutMeasure = (measure: string, where: string) =>
  `This run has not taken the measure “${measure}”, ${where}: switch it on under “measures” in the settings and start anew, or take it of a recorded run with grokscope measure.`;
const ofSums = 'which is defined for sums and differences over all ordered pairs';

const chance = ({ examples }: LabRun) => {
  const classes = examples.value?.classes;
  return classes === undefined ? undefined : Math.log(classes);
};

export const keyLossPanel = curvePanel({
  name: 'key-losses',
  title: 'Loss with the key frequencies alone, and without them',
  formulas: [
    {
      text: 'restricted: cross-entropy on all pairs of the mean logits and their waves in cos, sin w_k(a ± b) of the key frequencies k; excluded: on the train pairs, of the logits without those waves; guessing: ln p',
      document: 'docs/measures.md#restricted-and-excluded-loss',
    },
  ],
  values: 'log',
  curves: [
    { column: 'restricted_loss', name: 'restricted', color: 'diagonal', of: 'model' },
    { column: 'excluded_loss', name: 'excluded', color: 'literal', of: 'model' },
    { column: 'loss', name: 'train loss', color: 'train', of: 'train' },
  ],
  nulls: [noiseNull('guessing', chance)],
  without: withoutMeasure('circuits', ofSums),
  sentence: keyLossSentence,
});

export const circuitSharePanel = curvePanel({
  name: 'circuit-shares',
  title: 'Equivariance and distance irrelevance',
  formulas: [
    {
      text: 'G = Var over δ of the mean logit at answer − c ≡ δ, ÷ Var of the logits, on held-out pairs; of noise 1 ÷ held-out pairs',
      document: 'docs/measures.md#equivariance',
    },
    {
      text: 'mean over d of the deviation of the correct logit at a − b ≡ d, ÷ its deviation at all pairs; of noise √(1 − 1/p)',
      document: 'docs/measures.md#distance-irrelevance',
    },
  ],
  values: 'fraction',
  curves: [
    { column: 'equivariance_share', name: 'equivariance', color: 'diagonal', of: 'model' },
    { column: 'distance_irrelevance', name: 'distance irrelevance', color: 'literal', of: 'model' },
  ],
  nulls: [
    untrainedNull('equivariance_share', 'diagonal', 'untrained, equivariance'),
    untrainedNull('distance_irrelevance', 'literal', 'untrained, distance'),
  ],
  without: withoutMeasure('circuits', ofSums),
  sentence: circuitShareSentence,
});

export const efficiencyPanel = curvePanel({
  name: 'efficiency',
  title: 'Efficiency: norm for a margin',
  formulas: [
    {
      text: '‖θ‖ ÷ mean margin of the train examples answered rightly; margin: z_y − max of the other logits',
      document: 'docs/measures.md#circuit-efficiency',
    },
  ],
  values: 'log',
  curves: [
    { column: 'norm_per_margin', name: 'norm per margin', color: 'ink', of: 'model' },
    { column: 'mean_margin', name: 'mean margin', color: 'train', dash: [6, 3], of: 'model' },
  ],
  nulls: [untrainedNull('norm_per_margin', 'ink')],
  without: withoutMeasure('efficiency', 'the weight norm that a margin of one logit takes'),
  sentence: (run, step) =>
    `At step ${stepLabel(step)} a margin of one logit takes a weight norm of ${worded(numberAt(run, 'norm_per_margin', step), 'number')}${comparison('untrained', untrainedValue(run, 'norm_per_margin'), 'number')}; the mean margin is ${worded(numberAt(run, 'mean_margin', step), 'number')}.`,
});

export const sparsityPanel = curvePanel({
  name: 'sparsity',
  title: 'Neurons that suffice',
  formulas: [
    {
      text: 'hidden neurons that give the predictions of the whole layer on 0.99 of the train examples: an upper bound of the least number',
      document: 'docs/measures.md#effective-sparsity',
    },
  ],
  values: 'free',
  curves: [{ column: 'effective_sparsity', name: 'neurons', color: 'ink', of: 'model' }],
  nulls: [untrainedNull('effective_sparsity', 'ink')],
  without: withoutMeasure('sparsity', 'the number of hidden neurons that the predictions need'),
  sentence: (run, step) =>
    `At step ${stepLabel(step)} ${worded(numberAt(run, 'effective_sparsity', step), 'number')} hidden neurons suffice for the predictions on the train examples${comparison('untrained', untrainedValue(run, 'effective_sparsity'), 'number')}.`,
});

function keyLossSentence(run: LabRun, step: number): string {
  const [restricted, excluded, keys] = ['restricted_loss', 'excluded_loss', 'key_frequencies'].map((column) =>
    worded(numberAt(run, column, step), 'number'),
  );
  return `At step ${stepLabel(step)} there are ${keys} key frequencies: the loss is ${restricted} on all pairs with their waves alone and ${excluded} on the train pairs without them${comparison('guessing', chance(run), 'number')}.`;
}

function circuitShareSentence(run: LabRun, step: number): string {
  const share = numberAt(run, 'equivariance_share', step);
  const untrained = untrainedValue(run, 'equivariance_share');
  const distance = worded(numberAt(run, 'distance_irrelevance', step), 'number');
  return `At step ${stepLabel(step)} ${share === undefined ? 'no number' : percentLabel(share)} of the variance of the held-out logits depends on the distance from the answer alone${comparison('untrained', untrained, 'percent')}; distance irrelevance is ${distance}.`;
}
