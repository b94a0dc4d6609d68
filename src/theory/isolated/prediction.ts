/** Predicted and observed times to grok over weight decays, train fractions and seeds, and how well they agree. */

import { type GeometricMean, geometricMean, powerLaw } from './geometric-mean.ts';
import { BALANCED_CLOCK, type ObservedGrok } from './grok-time.ts';

/** One network, by simulation and in reality. */
export interface GrokComparison {
  readonly ridge: number;
  readonly fraction: number;
  readonly seed: number;
  /** τ at which the isolated dynamics groks; null: not in time. */
  readonly isolatedTau: number | null;
  readonly observed: ObservedGrok;
}

/** Steps of gradient descent that the simulation foretells. */
export function predictedSteps({ isolatedTau, observed }: GrokComparison): number | null {
  return isolatedTau === null ? null : (BALANCED_CLOCK * isolatedTau) / observed.tauOfStep;
}

/** All seeds of one condition. */
export interface Condition {
  readonly ridge: number;
  readonly fraction: number;
  readonly predicted: GeometricMean;
  readonly observed: GeometricMean;
  /** Observed over predicted, seed by seed. */
  readonly ratio: GeometricMean;
  /** Seeds in which either did not grok in time; they are in none of the means. */
  readonly censored: number;
}

export interface Agreement {
  readonly conditions: readonly Condition[];
  /** Observed over predicted: over seeds, of the means of each seed's runs, which share split and initial weights. */
  readonly ratio: GeometricMean;
  /** Runs in which both grokked. */
  readonly runs: number;
  /** Of observed ∝ predictedˢ over all runs; 1 where the prediction is right up to a factor. */
  readonly exponent: number;
  readonly correlation: number;
  readonly censored: number;
}

/** Conditions in the order in which they first appear. */
export function agreement(runs: readonly GrokComparison[]): Agreement {
  const pairs = pairsOf(runs);
  const bySeed = gathered(runs, ({ seed }) => String(seed)).map(ratioOf);
  return {
    conditions: gathered(runs, ({ ridge, fraction }) => `${ridge} ${fraction}`).map((group) => {
      const seen = pairsOf(group);
      const { ridge, fraction } = group[0];
      return {
        ridge,
        fraction,
        predicted: geometricMean(seen.map(([predicted]) => predicted)),
        observed: geometricMean(seen.map(([, observed]) => observed)),
        ratio: ratioOf(group),
        censored: group.length - seen.length,
      };
    }),
    ratio: geometricMean(bySeed.filter(({ count }) => count > 0).map(({ mean }) => mean)),
    runs: pairs.length,
    ...powerLaw(pairs),
    censored: runs.length - pairs.length,
  };
}

/** Runs with the same key together, in the order in which they first appear. */
function gathered(
  runs: readonly GrokComparison[],
  keyOf: (run: GrokComparison) => string,
): (readonly [GrokComparison, ...GrokComparison[]])[] {
  const groups = new Map<string, [GrokComparison, ...GrokComparison[]]>();
  for (const run of runs) {
    const group = groups.get(keyOf(run));
    if (group === undefined) groups.set(keyOf(run), [run]);
    else group.push(run);
  }
  return [...groups.values()];
}

/** Observed over predicted, over the runs in which both grokked. */
function ratioOf(runs: readonly GrokComparison[]): GeometricMean {
  return geometricMean(pairsOf(runs).map(([predicted, observed]) => observed / predicted));
}

/** Of the runs in which both grokked. */
function pairsOf(runs: readonly GrokComparison[]): [predicted: number, observed: number][] {
  return runs.flatMap((run) => {
    const predicted = predictedSteps(run);
    const { steps } = run.observed;
    return predicted === null || predicted === 0 || steps === null || steps === 0 ? [] : [[predicted, steps]];
  });
}
