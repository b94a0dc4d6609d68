/** Step 8: what is contradicted, undecided and not tested; and one undecided comparison with a seed that its trial did not have. */

import type { Lab } from '../../state/lab.ts';
import { outcome } from '../run-numbers.ts';
import { beginTour, forkAt, forkWith, isAtRest, originalWith } from '../tour-runs.ts';
import type { TourStep } from '../tour-step.ts';
import { until } from '../until.ts';

const BASE = 'train.weight_decay=0';
const HELD = ['train.norm_clamp=33'];
/** The trial weight-decay had the seeds 0 to 23. */
const FIRST_NEW_SEED = 24;

/** Reads signals. */
function seedOnPage(lab: Lab): number | undefined {
  return forkWith(lab, HELD) === undefined ? undefined : originalWith(lab, [BASE])?.experiment.value?.seed;
}

function nextSeed(lab: Lab): number {
  const seed = seedOnPage(lab);
  return seed === undefined ? FIRST_NEW_SEED : Math.max(FIRST_NEW_SEED, seed + 1);
}

export const openQuestions: TourStep = {
  title: 'What is still open',
  words: [
    'Contradicted: all 6 claims that were put to trial, as they stood. Each is several in one breath, and parts of them hold: structure does come before accuracy, and without decay (and with the norm left free) nothing was understood. That the structure is smooth was neither needed nor seen.',
    'Undecided: whether holding the norm does what decay does (some 25 seeds are needed), whether the smooth share tells understanding from random labels (116), and on copy nearly everything. Of 11 published results that were repeated here, 3 were not reproduced.',
    'Not tested: whether what comes first is the cause; networks larger than these, and language; tasks that take longer, where a penalty would have more to gain.',
    'The button adds one pair to the first undecided question, with a seed that its trial did not have: no decay, and no decay with the norm held at 33.',
  ],
  action: (lab) => `Try seed ${nextSeed(lab)}: hold the norm`,
  act: async (lab, given) => {
    const original = beginTour(lab, [`seed=${nextSeed(lab)}`, BASE], { pause: 'start' });
    if (original === undefined) return;
    await until(() => original.states.value.length > 0, given);
    const fork = forkAt(lab, original, 0, HELD);
    original.play();
    const all = fork === undefined ? [original] : [original, fork];
    await until(() => all.every((run) => isAtRest(lab, run)), given);
  },
  live: (lab) => {
    const [original, seed, held] = [originalWith(lab, [BASE]), seedOnPage(lab), forkWith(lab, HELD)?.run];
    if (original === undefined || seed === undefined || held === undefined) {
      return 'No new seed has been tried on this page yet.';
    }
    return `Seed ${seed}, without decay and with a free norm: ${outcome(original)}; with the norm held at 33: ${outcome(held)}. One seed more, and no verdict.`;
  },
  look: [
    { panel: 'accuracy', what: 'whether, and when, the run with the held norm understands' },
    { panel: 'norm-and-loss', what: 'the one norm grows, the other stands still' },
  ],
  evidence: [
    { words: 'The claims, part by part, with how many seeds each would need.', document: 'docs/claims.md' },
    {
      words: 'What the trials found, what surprised, and their limits.',
      document: 'docs/trials-findings.md',
    },
    {
      words: 'Which published results were reproduced, and which were not.',
      document: 'docs/reproductions.md',
    },
  ],
};
