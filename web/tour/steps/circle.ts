/** Step 3: what was learned, to be seen in the embedding. */

import { stepLabel, valueLabel } from '../../../src/figures/number-labels.ts';
import { type FourierPlane, strongestPlanes } from '../../../src/measures/fourier-plane.ts';
import { type Moment, momentAt } from '../../run/moment.ts';
import type { TrainingRun } from '../../run/training-run.ts';
import { milestoneOf, originalWith, trainedUpTo } from '../tour-runs.ts';
import type { TourStep } from '../tour-step.ts';

const PACE = 100;

/** Where the network has memorised. */
function before(run: TrainingRun | undefined): number | null {
  return milestoneOf(run, 'memorized_step');
}

export const circle: TourStep = {
  title: 'It has found circles',
  words: [
    'To the network each of the 41 numbers is a point in 32 dimensions, its embedding, which begins at random and is trained. Where the network has memorised the points are a cloud; where it has understood they lie on circles, in steps of some number k, and adding has become turning.',
    'The button takes every panel back to the one moment and on to the other; the slider goes anywhere between. A caution: the planes shown are the strongest ones, and even noise fits a circle to some extent, which the panel names.',
  ],
  action: (lab) => {
    const run = originalWith(lab);
    if (milestoneOf(run, 'grokked_step') === null) return 'Train until it has understood, then look back';
    const step = before(run);
    return lab.cursor.value !== step
      ? `Back to step ${stepLabel(step ?? 0)}, where it had memorised`
      : 'On to where it has understood';
  },
  act: async (lab, given) => {
    const isThere = milestoneOf(originalWith(lab), 'grokked_step') !== null;
    const isBack = lab.cursor.value === before(originalWith(lab));
    const run = await trainedUpTo(lab, 'grokked_step', PACE, given);
    lab.cursor.value = isThere && isBack ? undefined : (before(run) ?? undefined);
  },
  live: (lab) => {
    const run = originalWith(lab);
    const [memorised, grokked] = [before(run), milestoneOf(run, 'grokked_step')];
    if (run === undefined || memorised === null || grokked === null) {
      return 'The network has not understood yet, so there is nothing to compare.';
    }
    const moments = run.moments.value;
    const [then, now] = [momentAt(moments, memorised), moments.at(-1)];
    return `The strongest plane is a circle to R² = ${circleFit(then)} at step ${stepLabel(then?.step ?? memorised)} and to ${circleFit(now)} at step ${stepLabel(now?.step ?? grokked)}, where 1 is a perfect one.`;
  },
  look: [
    { panel: 'embedding', what: 'a cloud before, circles after' },
    {
      panel: 'principal-components',
      what: 'the same points where one looks first: there several circles overlap',
    },
    { panel: 'spectrum-map', what: 'the answers, too, are made of few frequencies' },
  ],
  evidence: [
    {
      words: 'How planes are found and circles fitted, and what noise gives.',
      document: 'docs/measures.md#circles',
    },
    {
      words:
        'That there are circles does not show that the network uses them: this is tested by taking their frequencies away.',
      document: 'docs/measures.md#restricted-and-excluded-loss',
    },
  ],
};

const strongest = new WeakMap<Moment, FourierPlane | undefined>();

function circleFit(moment: Moment | undefined): string {
  const table = moment?.embeddings?.[0];
  if (moment === undefined || table === undefined) return 'no number';
  if (!strongest.has(moment)) {
    strongest.set(moment, strongestPlanes(table.values, table.rows, table.columns, 1)[0]);
  }
  return valueLabel(strongest.get(moment)?.circleFit ?? Number.NaN);
}
