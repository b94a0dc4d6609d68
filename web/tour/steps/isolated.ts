/** Step 7: one layer moves by a formula, the other is solved: grokking without training. */

import { stepLabel } from '../../../src/figures/number-labels.ts';
import type { Lab } from '../../state/lab.ts';
import { answersRight, lastEvaluated } from '../run-numbers.ts';
import { begin, isAtRest } from '../tour-runs.ts';
import type { TourStep } from '../tour-step.ts';
import { until } from '../until.ts';

const SETTINGS = { preset: 'isolated-dynamics', overrides: [] };

function theRun(lab: Lab) {
  const run = lab.played.value;
  return run?.settings.preset === SETTINGS.preset ? run : undefined;
}

export const isolated: TourStep = {
  title: 'The same without training',
  words: [
    'One theory of the wait: once the train answers are right, only the weights shrink, along the ways on which the answers stay right. That can be computed without training: at every step the last layer is solved exactly, and the first one moves towards smaller weights.',
    'The button puts this in place of the runs on the page. It has no optimiser and no batches, and yet it waits, finds circles, and understands.',
  ],
  action: (lab) => (theRun(lab) === undefined ? 'Run the isolated dynamics' : 'Again from step 0'),
  act: async (lab, given) => {
    const run = begin(lab, SETTINGS, { pause: 'grokked_step' });
    if (run !== undefined) await until(() => isAtRest(lab, run), given);
  },
  live: (lab) => {
    const run = theRun(lab);
    if (run === undefined) return 'The isolated dynamics are not on the page yet.';
    const step = lastEvaluated(run);
    const grokked = run.milestones.value?.grokked_step ?? null;
    const since = grokked === null ? '' : `, and understood at step ${stepLabel(grokked)}`;
    return `Step ${stepLabel(step)}: ${answersRight(run, step)}${since}.`;
  },
  look: [
    { panel: 'accuracy', what: 'train answers are right from the start, and still there is a wait' },
    { panel: 'embedding', what: 'the rows of the first layer become circles' },
  ],
  evidence: [
    {
      words: 'The equations, after Musat (2025), and what the simulation takes for granted.',
      document: 'docs/theory.md#the-isolated-dynamics',
    },
    {
      words:
        'How far it reaches: over 60 real runs of one small network on one task, the observed time to grok is 1.10 of the predicted one (1.00 to 1.21). A factor of 2 in the prediction was derived after first runs had been seen.',
      document: 'docs/theory.md#when-does-it-grok',
    },
  ],
};
