/** Step 1: the train answers by heart, and nothing else. */

import { stepLabel } from '../../../src/figures/number-labels.ts';
import { answersRight, lastEvaluated } from '../run-numbers.ts';
import { beginTour, isAtRest, milestoneOf, originalWith } from '../tour-runs.ts';
import type { TourStep } from '../tour-step.ts';
import { until } from '../until.ts';

/** Slow enough to see it happen. */
const PACE = 30;

export const memorise: TourStep = {
  title: 'It memorises',
  words: [
    'A small network is to add modulo 41: it is shown 70 % of all pairs of numbers with their answers, and the others are held out.',
    'The button trains it slowly from the start and stops by itself where 99 % of the train answers are right. That is “memorised”; whether anything is understood shows on the pairs that it has never seen.',
  ],
  action: (lab) => (originalWith(lab) === undefined ? 'Train until it has memorised' : 'Again from step 0'),
  act: async (lab, given) => {
    const run = beginTour(lab, [], { pace: PACE, pause: 'memorized_step' });
    if (run !== undefined) await until(() => isAtRest(lab, run), given);
  },
  live: (lab) => {
    const run = originalWith(lab);
    if (run === undefined) return 'The network of the tour is not on the page yet.';
    const memorised = milestoneOf(run, 'memorized_step');
    const step = memorised ?? lastEvaluated(run);
    const right = answersRight(run, step, 'chance');
    return memorised === null
      ? `Step ${stepLabel(step)}: ${right}.`
      : `Memorised at step ${stepLabel(step)}: ${right}.`;
  },
  look: [
    { panel: 'accuracy', what: 'train answers rise, held-out answers do not' },
    {
      panel: 'predictions',
      what: 'every pair of numbers: what was shown turns right, what was held out stays wrong',
    },
  ],
  evidence: [
    {
      words:
        'Memorising first and understanding much later was first described by Power et al. (2022). A larger network, a transformer modulo 53, does it here too: reproduced in 5 runs.',
      document: 'docs/reproductions.md#p53',
    },
    { words: 'What exactly counts as memorised and as grokked.', document: 'docs/science.md#words' },
  ],
};
