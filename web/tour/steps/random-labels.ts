/** Step 5: the control for everything: the same pairs, answers drawn by lot. */

import { stepLabel } from '../../../src/figures/number-labels.ts';
import { answersRight, lastEvaluated } from '../run-numbers.ts';
import { beginTour, isAtRest, milestoneOf, originalWith } from '../tour-runs.ts';
import type { TourStep } from '../tour-step.ts';
import { until } from '../until.ts';

const CHANGES = ['dataset.label_noise=1'];

export const randomLabels: TourStep = {
  title: 'Random labels never grok',
  words: [
    'The same network and the same pairs, but every answer is drawn by lot: there is nothing to understand. The button puts this run in place of those on the page and trains it to its end. (The preset random-labels does it to the network of r1.)',
    'It memorises as well as before. So memorising is no sign of understanding, and a measure is one only if it tells the two apart.',
  ],
  action: (lab) =>
    originalWith(lab, CHANGES) === undefined ? 'Train it on random labels' : 'Again from step 0',
  act: async (lab, given) => {
    const run = beginTour(lab, CHANGES);
    if (run !== undefined) await until(() => isAtRest(lab, run), given);
  },
  live: (lab) => {
    const run = originalWith(lab, CHANGES);
    if (run === undefined) return 'The network with random labels is not on the page yet.';
    const step = lastEvaluated(run);
    const memorised = milestoneOf(run, 'memorized_step');
    const since = memorised === null ? '' : `, ${stepLabel(step - memorised)} steps after memorising`;
    return `Step ${stepLabel(step)}${since}: ${answersRight(run, step, 'chance')}.`;
  },
  look: [
    { panel: 'accuracy', what: 'train answers reach the top, held-out answers stay at the bottom' },
    { panel: 'diagonal-share', what: 'no structure appears, however long it trains' },
    { panel: 'embedding', what: 'no circle either: this is what the strongest plane of a cloud looks like' },
  ],
  evidence: [
    {
      words:
        'The share of structure in the answers tells them apart: over 24 seeds it ends 0.813 higher (0.801 to 0.827) than with random labels, supported.',
      document: 'docs/claims.md#energy-shift',
    },
    {
      words:
        'Sparsity does so less than is often said: networks that memorise random labels, with nothing to simplify, shed 18 of their 128 neurons too (16.5 to 19), supported.',
      document: 'docs/claims.md#circuit-efficiency',
    },
  ],
};
