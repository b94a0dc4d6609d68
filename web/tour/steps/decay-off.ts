/** Step 4: the same network from the moment of memorising on, without weight decay. */

import { stepLabel, valueLabel } from '../../../src/figures/number-labels.ts';
import type { ForkableRun } from '../../run/forkable-run.ts';
import type { Lab } from '../../state/lab.ts';
import { lastEvaluated, outcome, weightNorm } from '../run-numbers.ts';
import { forkAt, forkWith, isAtRest, milestoneOf, originalWith, trainedUpTo } from '../tour-runs.ts';
import type { TourStep } from '../tour-step.ts';
import { until } from '../until.ts';

const CHANGES = ['train.weight_decay=0'];

/** Reads signals. */
function theFork(lab: Lab): ForkableRun | undefined {
  return originalWith(lab) === undefined ? undefined : forkWith(lab, CHANGES)?.run;
}

export const decayOff: TourStep = {
  title: 'Turn weight decay off',
  words: [
    'Weight decay makes all weights a little smaller at every step: is that what the network waits for? The button forks the run where it had memorised: the same weights, the same optimiser, no decay from there on, in the same charts.',
    'In a trial none of 24 such networks understood within 3,000 steps without decay, and all 24 did with decay 1. That does not make decay the only way: without it, but with the norm of the weights held at 33, all 24 understood too, though by the rule that was fixed before this is undecided.',
  ],
  action: (lab) =>
    theFork(lab) === undefined ? 'Fork it without weight decay' : 'Show the run without decay',
  act: async (lab, given) => {
    const existing = theFork(lab);
    if (existing !== undefined) {
      lab.cursor.value = undefined;
      return lab.select(existing);
    }
    const run = await trainedUpTo(lab, 'grokked_step', Number.POSITIVE_INFINITY, given);
    const memorised = milestoneOf(run, 'memorized_step');
    if (run === undefined || memorised === null) return;
    lab.playback.setPace(Number.POSITIVE_INFINITY);
    // Both go on to their ends, so that the charts compare like with like.
    run.play();
    const fork = forkAt(lab, run, memorised, CHANGES);
    if (fork !== undefined) await until(() => isAtRest(lab, fork), given);
  },
  live: (lab) => {
    const fork = theFork(lab);
    const original = originalWith(lab);
    if (fork === undefined || original === undefined) return 'Nothing is forked yet.';
    return `With decay: ${outcome(original)}${normClause(original)}. Without it from step ${stepLabel(fork.forkedAt)} on: ${outcome(fork)}${normClause(fork)}.`;
  },
  look: [
    { panel: 'accuracy', what: 'held-out accuracy of the fork stays where it was' },
    { panel: 'norm-and-loss', what: 'where the weights of the one shrink, those of the other grow' },
  ],
  evidence: [
    {
      words:
        'Decay 1 takes × 0.16 of the time of none (0.149 to 0.172): supported. That doubling it halves the wait is supported at 0.25 and 0.5 and contradicted at 1.',
      document: 'docs/claims.md#weight-decay',
    },
    {
      words: 'What the trial found, what surprised, and its limits. Its runs had no decay from the start.',
      document: 'docs/trials-findings.md#weight-decay',
    },
  ],
};

function normClause(run: ForkableRun): string {
  const norm = weightNorm(run, lastEvaluated(run));
  return norm === undefined ? '' : `, weights of norm ${valueLabel(norm)}`;
}
