/** The embedding on its principal components, for comparison with its Fourier planes, and where the strongest frequency went. */

import { percentLabel, stepLabel } from '../../src/figures/number-labels.ts';
import type { Moment } from '../run/moment.ts';
import { csvOf } from './csv.ts';
import { figurePanel, unlessKept } from './figure-panel.tsx';
import { componentsOf } from './moment-components.ts';
import { principalFigure, principalHeight } from './principal-figure.ts';
import { withoutCycle } from './without-cycle.ts';

/** A frequency counts as held by as many components as hold this share of it. */
const HELD = 0.9;

export const principalPanel = figurePanel({
  name: 'principal-components',
  ofMoment: true,
  title: 'Embedding on its principal components',
  formulas: [
    {
      text: 'eigenvectors of the covariance of the centred tokens, by descending variance; shares of the whole variance',
      document: 'docs/measures.md#principal-components',
    },
    {
      text: 'of the strongest frequency: ‖F_k‖² of the tokens along a component ÷ ‖F_k‖² of the embedding',
      document: 'docs/measures.md#principal-components',
    },
  ],
  largest: 1000,
  height: principalHeight,
  refusal: (run) =>
    withoutCycle(run, 'whose frequencies are compared here') ??
    unlessKept(
      run,
      ({ embeddings = [] }) => embeddings.length > 0,
      'This run has no embedding of its tokens.',
    ),
  whatYouSee: ({ view }) => principalSentence(view.moment.value),
  draw: ({ view }, options) => {
    const moment = view.moment.value;
    const found = componentsOf(moment);
    return moment && found && principalFigure({ ...found, step: moment.step }, options);
  },
  csv: ({ view }) => {
    const found = componentsOf(view.moment.value);
    if (found === undefined) return csvOf(['token'], []);
    const { components, held, strongest, table } = found;
    const { count, scores, shares } = components;
    const all = Array.from({ length: count }, (_, c) => c);
    return csvOf(
      ['token', ...all.map((c) => `component ${c + 1}`)],
      [
        ...Array.from({ length: table.rows }, (_, t) => [t, ...all.map((c) => scores[t * count + c])]),
        ['share of variance', ...shares],
        [`share of k = ${strongest.frequency}`, ...held],
      ],
    );
  },
});

/** Why there is, or is not, a circle to be seen among the components. */
function principalSentence(moment: Moment | undefined): string {
  const found = componentsOf(moment);
  if (moment === undefined || moment.embeddings?.[0] === undefined) return 'There is no embedding yet.';
  if (found === undefined || !Number.isFinite(found.components.shares[0]))
    return `At step ${stepLabel(moment.step)} the embedding is not finite, or the same for all tokens.`;
  const { components, held, strongest, table } = found;
  const inTwo = held[0] + (held[1] ?? 0);
  const needed = componentsFor(held);
  const variance = percentLabel(components.shares[0] + (components.shares[1] ?? 0));
  const frequency = `the strongest frequency, k = ${strongest.frequency} (${percentLabel(strongest.share)} of the power)`;
  return `At step ${stepLabel(moment.step)} the first two components hold ${variance} of the variance of ${table.name} and ${percentLabel(inTwo)} of ${frequency}${reasonWords(inTwo, needed)}.`;
}

/** @param inTwo share of the strongest frequency in the first two components @param needed components that hold most of it */
export function reasonWords(inTwo: number, needed: number): string {
  if (inTwo >= HELD) return ', so that its circle is seen here too';
  const most = `of which ${percentLabel(HELD)} takes ${needed} components`;
  if (inTwo >= 0.5) return `, ${most}: its circle is seen here too, blurred by what is mixed in`;
  if (needed <= 2) return ', which has two further components to itself, because others are as strong';
  return `, ${most}: they mix the planes of frequencies, and a mixture looks like a cloud`;
}

/** The fewest components that hold most of a frequency. */
function componentsFor(held: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const share of [...held].sort((a, b) => b - a)) {
    if (sum >= HELD) break;
    sum += share;
    count++;
  }
  return count;
}
