/** Step 6: an explanation put to the test: a penalty on roughness, beside the same penalty on an order that means nothing. */

import { outcome } from '../run-numbers.ts';
import { beginTour, forkAt, forkWith, isAtRest, originalWith } from '../tour-runs.ts';
import type { TourStep } from '../tour-step.ts';
import { until } from '../until.ts';

/** As in trials/laplacian-penalty.yaml. */
const BASE = ['train.weight_decay=2'];
const penalty = (kind: string) => [
  'laplacian_penalty.compute=true',
  `laplacian_penalty.kind=${kind}`,
  'laplacian_penalty.alpha=0.03',
];
const LITERAL = penalty('literal');
const PERMUTED = penalty('permuted');

export const laplacian: TourStep = {
  title: 'A penalty, and its control',
  words: [
    'If understanding is smoothness, neighbouring numbers having similar answers, then a penalty on roughness should bring it sooner. Its control is the same penalty with the numbers in random order, where smooth means nothing. The button trains three runs from the same weights: weight decay 2 alone, with the penalty, and with its control.',
    'Whatever you see, one seed proves nothing: over 32 seeds the penalty took × 0.973 of the time of decay alone and its control × 0.915. Whatever the penalty does, smoothness is not the reason.',
  ],
  action: (lab) =>
    forkWith(lab, PERMUTED) === undefined ? 'Train the three side by side' : 'Again from step 0',
  act: async (lab, given) => {
    const original = beginTour(lab, BASE, { pause: 'start' });
    if (original === undefined) return;
    await until(() => original.states.value.length > 0, given);
    const forks = [LITERAL, PERMUTED].map((changes) => forkAt(lab, original, 0, changes));
    lab.select(original);
    lab.cursor.value = undefined;
    lab.playback.play();
    const all = [original, ...forks.filter((fork) => fork !== undefined)];
    await until(() => all.every((run) => isAtRest(lab, run)), given);
  },
  live: (lab) => {
    const original = originalWith(lab, BASE);
    const [literal, permuted] = [forkWith(lab, LITERAL)?.run, forkWith(lab, PERMUTED)?.run];
    if (original === undefined || literal === undefined || permuted === undefined) {
      return 'The three runs are not on the page yet.';
    }
    return `Decay alone: ${outcome(original)}. With the penalty: ${outcome(literal)}. With its control: ${outcome(permuted)}.`;
  },
  look: [
    { panel: 'accuracy', what: 'one colour for each run, held-out whole, train dotted' },
    { panel: 'laplacian-energy', what: 'what the penalty pulls at' },
  ],
  evidence: [
    {
      words:
        'Literal against decay alone: × 0.973 (0.908 to 1.05), contradicted. Literal against permuted: × 1.06 (0.97 to 1.16), contradicted. Permuted as soon as decay alone: × 0.915 (0.851 to 0.991), supported.',
      document: 'docs/claims.md#laplacian-penalty',
    },
    {
      words:
        'Another penalty, for few frequencies instead of smooth ones, did help beside this decay, and lost its lead beside the better kind of decay.',
      document: 'docs/trials-findings.md#embedding-entropy',
    },
  ],
};
