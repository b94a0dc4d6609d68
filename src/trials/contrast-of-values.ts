/**
 * Two sides that are numbers, compared by the differences within pairs: their mean (`restricted_mean`), their Hodges–Lehmann
 * centre (`wilcoxon`) or their median (`sign`). An effect other than none is tested by taking it away from every difference.
 *
 * The mean is held to two standards at once, as in contrast-of-times.ts. Wilcoxon supposes that the differences are symmetric,
 * which they are where the arms do not differ or differ by a shift; the sign test supposes nothing.
 */

import { type Chance, type Contrast, hull, mean, shareBeyond, standardDeviation } from './contrast.ts';
import { pairsForMean, pairsForSide, pairsForSign, pairsForSignedRank } from './statistics/seeds-needed.ts';
import { flipInterval, flipTails } from './statistics/sign-flips.ts';
import { median, signInterval, signTails } from './statistics/sign-test.ts';
import {
  hodgesLehmann,
  signedRankInterval,
  signedRankTails,
  walshAverages,
} from './statistics/signed-rank.ts';
import { studentisedBootstrap } from './statistics/studentised-bootstrap.ts';
import { bothReject } from './statistics/tails.ts';
import type { ComparisonTest } from './trial.ts';

const unbounded = { low: -Infinity, high: Infinity };

/** √(π/2): the standard error of a median of normal numbers over that of their mean. */
const MEDIAN_OVER_MEAN = Math.sqrt(Math.PI / 2);

/** first[i] and second[i] are a pair; at least one of them. */
export function contrastOfValues(
  first: Float64Array,
  second: Float64Array,
  test: Exclude<ComparisonTest, 'log_rank'>,
  level: number,
  chance: Chance,
): Contrast {
  const differences = first.map((value, pair) => value - second[pair]);
  const shifted = (effect: number) => differences.map((difference) => difference - effect);
  const deviation = standardDeviation(differences);
  const common = { scale: 'difference', times: null } as const;
  if (test === 'wilcoxon') {
    const effect = hodgesLehmann(differences);
    return {
      ...common,
      effect,
      interval: signedRankInterval(differences, level),
      tails: (tested) => signedRankTails(shifted(tested)),
      pairsToRefute: (bound, alpha) =>
        pairsForSignedRank(
          shareBeyond(walshAverages(shifted(bound)), effect > bound ? 'above' : 'below'),
          alpha,
        ),
      pairsToLieBeyond: (bound) => pairsForSide(Math.abs(effect - bound), deviation),
    };
  }
  if (test === 'sign') {
    const effect = median(differences);
    return {
      ...common,
      effect,
      interval: signInterval(differences, level),
      tails: (tested) => signTails(shifted(tested)),
      pairsToRefute: (bound, alpha) => {
        const others = shifted(bound);
        const informative = others.filter((difference) => difference !== 0).length / others.length;
        return pairsForSign(shareBeyond(others, effect > bound ? 'above' : 'below'), informative, alpha);
      },
      pairsToLieBeyond: (bound) => pairsForSide(Math.abs(effect - bound), deviation * MEDIAN_OVER_MEAN),
    };
  }
  const effect = mean(differences);
  const bootstrap = studentisedBootstrap(first, second, 'difference', chance.resamples);
  const flips = flipInterval(differences, ones(differences.length), chance.subsets, level, unbounded);
  return {
    ...common,
    effect,
    interval: bootstrap === null ? flips : hull(flips, bootstrap.interval(level)),
    tails: (tested) => {
      const tails = flipTails(shifted(tested), chance.subsets);
      return bootstrap === null ? tails : bothReject(tails, bootstrap.tails(tested));
    },
    pairsToRefute: (bound, alpha) => pairsForMean(Math.abs(effect - bound), deviation, alpha),
    pairsToLieBeyond: (bound) => pairsForSide(Math.abs(effect - bound), deviation),
  };
}

function ones(n: number): Float64Array {
  return new Float64Array(n).fill(1);
}
