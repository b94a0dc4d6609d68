/** Accuracy and loss over time: the picture of grokking (Power et al. 2022, figure 1). */

import { percentLabel, stepLabel, valueLabel } from '../../src/figures/number-labels.ts';
import { heldOutSplit, type LabRun } from '../run/lab-run.ts';
import { curvePanel } from './curve-panel.tsx';
import { milestoneClause, numberAt, splitPlans } from './curves.ts';

export const accuracyPanel = curvePanel({
  name: 'accuracy',
  title: 'Accuracy',
  wide: true,
  formulas: [
    {
      text: 'accuracy = examples whose largest logit is the right answer ÷ examples',
      document: 'docs/science.md#words',
    },
    {
      text: 'memorised: first evaluation with train accuracy ≥ threshold; grokked: first of several in a row with held-out accuracy ≥ threshold',
      document: 'docs/science.md#words',
    },
  ],
  values: 'percent',
  curves: splitPlans('accuracy'),
  without: 'This run has no accuracies: its rows hold other numbers.',
  sentence: accuracySentence,
});

export const lossPanel = curvePanel({
  name: 'loss',
  title: 'Loss',
  wide: true,
  formulas: [
    {
      text: 'the mean loss of an example, without weight decay; axis by powers of ten',
      document: 'docs/science.md#losses',
    },
  ],
  values: 'log',
  curves: splitPlans('loss'),
  without: 'This run has no losses: its rows hold other numbers.',
  sentence: lossSentence,
});

function accuracySentence(run: LabRun, step: number): string {
  const train = numberAt(run, 'accuracy', step);
  const heldOut = numberAt(run, 'accuracy', step, heldOutSplit(run));
  const parts = [
    ...(train === undefined ? [] : [`${percentLabel(train)} of the train answers`]),
    ...(heldOut === undefined ? [] : [`${percentLabel(heldOut)} of the held-out ones`]),
  ];
  return `At step ${stepLabel(step)} the network gets ${parts.join(' and ')} right: ${milestoneClause(run)}.`;
}

function lossSentence(run: LabRun, step: number): string {
  const train = numberAt(run, 'loss', step);
  const heldOut = numberAt(run, 'loss', step, heldOutSplit(run));
  if (train === undefined || heldOut === undefined) {
    return `At step ${stepLabel(step)} the train loss is ${train === undefined ? 'no number' : valueLabel(train)}.`;
  }
  const start = run.series(heldOutSplit(run), 'loss').values[0];
  const ratio = heldOut / train;
  const gap =
    train === 0
      ? 'while the train loss is exactly 0'
      : ratio >= 10
        ? `${timesWords(ratio)} the train loss of ${valueLabel(train)}`
        : `beside a train loss of ${valueLabel(train)}`;
  const worse = heldOut > 1.02 * start ? ', worse than before training' : '';
  return `At step ${stepLabel(step)} the held-out loss is ${valueLabel(heldOut)}, ${gap}${worse}.`;
}

function timesWords(ratio: number): string {
  const rounded = Number(ratio.toPrecision(2));
  return `${rounded >= 1000 && rounded < 1e5 ? stepLabel(rounded) : valueLabel(rounded)} times`;
}
