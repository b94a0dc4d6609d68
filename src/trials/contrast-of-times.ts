/**
 * Two sides that are censored times. The effect is the ratio of restricted means, whatever the test: the mean time within the
 * budget of one side over that of the other.
 *
 * Restricted means are held to two standards at once: an effect is refuted only where the permutation test over exchanges within
 * pairs and the studentised bootstrap over pairs both refute it, and the interval holds what either does not. The first is
 * exact where arms do not differ at all, or only by their scale; the second where they differ in shape and spread. Each alone
 * misses its level at 20 pairs (bootstrap: few events; permutations: skewed differences), both together do not:
 * docs/trials-statistics.md.
 *
 * An effect other than 1 is tested as a change of scale, first ~ effect · second. With a budget T the second side says nothing of
 * effect·second beyond effect·T, so where that is below T the first side is cut there too: otherwise pairs that are both
 * censored, which say nothing, would count as evidence against an effect.
 */

import { logarithm } from '../engine/logarithm.ts';
import type { Interval, TimeComparison } from './analysis.ts';
import { type Chance, type Contrast, hull, mean, shareBeyond } from './contrast.ts';
import { contrastOfValues } from './contrast-of-values.ts';
import { hazardRatio } from './statistics/cox.ts';
import type { CensoredTime } from './statistics/kaplan-meier.ts';
import { laterOfPair, logRank, pairedLogRankTails } from './statistics/log-rank.ts';
import { commonHorizon, restrictedTimes } from './statistics/restricted-mean.ts';
import { pairsForMean, pairsForSide, pairsForSign, pairsForSignedRank } from './statistics/seeds-needed.ts';
import { flipInterval, flipTails } from './statistics/sign-flips.ts';
import { signTails } from './statistics/sign-test.ts';
import { signedRankTails, walshAverages } from './statistics/signed-rank.ts';
import { studentisedBootstrap } from './statistics/studentised-bootstrap.ts';
import { bothReject, type Tails, twoSided } from './statistics/tails.ts';
import type { ComparisonTest } from './trial.ts';

const positive: Interval = { low: 0, high: Infinity };

/** first[i] and second[i] are a pair; at least one of them, and no time beyond the budget. */
export function contrastOfTimes(
  first: readonly CensoredTime[],
  second: readonly CensoredTime[],
  test: ComparisonTest,
  level: number,
  chance: Chance,
  budget: number,
): Contrast {
  const horizon = commonHorizon([first, second], budget);
  const x = restrictedTimes(first, horizon);
  const y = restrictedTimes(second, horizon);
  const effect = mean(y) === 0 && mean(x) === 0 ? 1 : mean(x) / mean(y);
  const bootstrap = studentisedBootstrap(x, y, 'ratio', chance.resamples);
  const flips = flipInterval(x, y, chance.subsets, level, positive);

  /** first − tested·second, both within the horizon. */
  const differences = (tested: number) => x.map((value, pair) => value - tested * y[pair]);
  /** The same, both within what is known of either. */
  const cutDifferences = (tested: number) => {
    const cutX = tested < 1 ? restrictedTimes(first, tested * horizon) : x;
    const cutY = tested > 1 ? restrictedTimes(second, horizon / tested) : y;
    return cutX.map((value, pair) => value - tested * cutY[pair]);
  };
  const scaled = (tested: number) =>
    second.map(({ value, observed }) => ({ value: tested * value, observed }));
  const later = (tested: number) => {
    const others = scaled(tested);
    return first.map((time, pair) => laterOfPair(time, others[pair]));
  };

  const restrictedMeanTails = (tested: number): Tails => {
    const cut = flipTails(cutDifferences(tested), chance.subsets);
    const plain = tested === 1 ? cut : flipTails(differences(tested), chance.subsets);
    const tails =
      tested < 1 ? { less: plain.less, greater: cut.greater } : { less: cut.less, greater: plain.greater };
    return bootstrap === null ? tails : bothReject(tails, bootstrap.tails(tested));
  };
  const tails = {
    restricted_mean: restrictedMeanTails,
    log_rank: (tested: number) => pairedLogRankTails(first, scaled(tested)),
    wilcoxon: (tested: number) => signedRankTails(cutDifferences(tested)),
    sign: (tested: number) => signTails(cutDifferences(tested)),
  }[test];

  const deviation = bootstrap === null ? 0 : bootstrap.error * Math.sqrt(first.length);
  const distanceTo = (bound: number) => Math.abs(logarithm(effect) - logarithm(bound));
  const ofSigns = (signs: ArrayLike<number>, side: 'above' | 'below', alpha: number) => {
    const informative = Array.from(signs).filter((sign) => sign !== 0).length / signs.length;
    return pairsForSign(shareBeyond(signs, side), informative, alpha);
  };
  const pairsToRefute = (bound: number, alpha: number): number => {
    const side = effect > bound ? 'above' : 'below';
    switch (test) {
      case 'restricted_mean':
        return pairsForMean(distanceTo(bound), deviation, alpha);
      case 'log_rank':
        return ofSigns(later(bound), side, alpha);
      case 'wilcoxon':
        return pairsForSignedRank(shareBeyond(walshAverages(cutDifferences(bound)), side), alpha);
      case 'sign':
        return ofSigns(cutDifferences(bound), side, alpha);
    }
  };

  const difference = contrastOfValues(x, y, 'restricted_mean', level, chance);
  const stratified = logRank(first.map((time, pair) => [[time], [second[pair]]] as const));
  const cox = hazardRatio(first, second, level);
  const times: TimeComparison = {
    restrictedMeanDifference: difference.effect,
    restrictedMeanInterval: difference.interval,
    logRankChiSquared: stratified.chiSquared,
    logRankP: twoSided(pairedLogRankTails(first, second)),
    hazardRatio: cox?.ratio ?? null,
    hazardInterval: cox?.interval ?? null,
  };
  return {
    effect,
    scale: 'ratio',
    interval: bootstrap === null ? flips : hull(flips, bootstrap.interval(level)),
    tails,
    pairsToRefute,
    pairsToLieBeyond: (bound) => pairsForSide(distanceTo(bound), deviation),
    times,
  };
}
