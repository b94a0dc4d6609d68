/** Step 2: the long time in which nothing seems to happen, and its end. */

import { stepLabel, valueLabel } from '../../../src/figures/number-labels.ts';
import { answersRight, lastEvaluated } from '../run-numbers.ts';
import { milestoneOf, originalWith, trainedUpTo } from '../tour-runs.ts';
import type { TourStep } from '../tour-step.ts';

const PACE = 100;

export const wait: TourStep = {
  title: 'It waits, then understands',
  words: [
    'The train answers are right, and one would stop here. The button trains on with the same examples, and stops where 95 % of the held-out answers are right, 3 evaluations in a row: “grokked”.',
    'The strip of phases names what goes on in between, by stated rules that read measures of the network. The wait is not idle.',
  ],
  action: (lab) =>
    milestoneOf(originalWith(lab), 'grokked_step') === null
      ? 'Train on until it has understood'
      : 'Show it at the latest step',
  act: async (lab, given) => {
    await trainedUpTo(lab, 'grokked_step', PACE, given);
    lab.cursor.value = undefined;
  },
  live: (lab) => {
    const run = originalWith(lab);
    const memorised = milestoneOf(run, 'memorized_step');
    if (run === undefined || memorised === null) return 'The network has not memorised yet.';
    const grokked = milestoneOf(run, 'grokked_step');
    const step = grokked ?? lastEvaluated(run);
    if (grokked === null) {
      return `Step ${stepLabel(step)}, ${stepLabel(step - memorised)} steps after memorising: ${answersRight(run, step)}.`;
    }
    const times = memorised > 0 ? `, ${valueLabel((grokked - memorised) / memorised)} times as long` : '';
    return `Memorised at step ${stepLabel(memorised)}, understood at step ${stepLabel(grokked)}: memorising took ${stepLabel(memorised)} steps, the wait ${stepLabel(grokked - memorised)}${times}.`;
  },
  look: [
    { panel: 'accuracy', what: 'the gap between the two curves, and how it closes' },
    { panel: 'phases', what: 'memorising, waiting, circuit formation, clean-up' },
    { panel: 'norm-and-loss', what: 'the weights shrink all the while, at next to no train loss' },
    { panel: 'diagonal-share', what: 'structure in the answers rises before held-out accuracy does' },
  ],
  evidence: [
    {
      words:
        'In 24 runs of this network the structure of addition was halfway in the answers 75 steps (65 to 85) before held-out accuracy was: supported. That it comes first does not prove that it is the cause.',
      document: 'docs/claims.md#energy-shift',
    },
    { words: 'The rules of the phases.', document: 'docs/measures.md#phases' },
  ],
};
