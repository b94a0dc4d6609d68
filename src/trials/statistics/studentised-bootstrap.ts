/**
 * The studentised bootstrap over pairs (B. Efron & R. Tibshirani, An introduction to the bootstrap, 1993, §12.5; P. Hall, The
 * bootstrap and Edgeworth expansion, 1992): pairs are drawn with replacement, and the estimate's distance from the sample's, in
 * its own standard errors, takes the place of Student's t. Unlike percentiles it corrects for skewness.
 */

import { exponential } from '../../engine/exponential.ts';
import { logarithm } from '../../engine/logarithm.ts';
import type { Stream } from '../../engine/philox.ts';
import type { Interval } from '../analysis.ts';
import type { Tails } from './tails.ts';

const RESAMPLES = 1999; // one-sided p-values are multiples of 1/2,000; quantiles at 2.5 % are the 50th from either end

/** How often each pair was drawn: `times[resample·pairs + pair]`. */
export interface Resamples {
  readonly pairs: number;
  readonly count: number;
  readonly times: Uint8Array;
}

export function resamplesOf(pairs: number, stream: Stream): Resamples {
  const times = new Uint8Array(RESAMPLES * pairs);
  for (let resample = 0; resample < RESAMPLES; resample++)
    for (let draw = 0; draw < pairs; draw++) times[resample * pairs + stream.integer(pairs)]++;
  return { pairs, count: RESAMPLES, times };
}

/** What is estimated of means of first and second: their difference, or the logarithm of their ratio. */
export type Scale = 'difference' | 'ratio';

interface Estimate {
  readonly value: number;
  readonly error: number;
}

/** From the means of x, y, x², xy, y² over n pairs; the standard error by the delta method. Numbers of equal pairs have none. */
function estimate(
  scale: Scale,
  x: number,
  y: number,
  xx: number,
  xy: number,
  yy: number,
  n: number,
): Estimate {
  // A ratio's logarithm varies as x/mean(x) − y/mean(y) does, a difference as x − y.
  const [a, b] = scale === 'difference' ? [1, 1] : [1 / x, 1 / y];
  const variance = a * a * (xx - x * x) - 2 * a * b * (xy - x * y) + b * b * (yy - y * y);
  const onlyRounding = variance <= 1e-13 * (a * a * xx + b * b * yy);
  return {
    value: scale === 'difference' ? x - y : logarithm(x / y),
    error: onlyRounding ? 0 : Math.sqrt(variance / (n - 1)),
  };
}

export interface StudentisedBootstrap {
  readonly estimate: number;
  readonly error: number;
  /** Of the null that the effect (a difference, or a ratio itself) is this. */
  readonly tails: (effect: number) => Tails;
  /** Of the effect, at 1 − level. */
  readonly interval: (level: number) => Interval;
}

/** Null where the estimate does not exist: a mean of 0 or below in a ratio, or fewer than two pairs. */
export function studentisedBootstrap(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  scale: Scale,
  { pairs, count, times }: Resamples,
): StudentisedBootstrap | null {
  const resample = (weights: Uint8Array, from: number): Estimate | null => {
    let [x, y, xx, xy, yy] = [0, 0, 0, 0, 0];
    for (let pair = 0; pair < pairs; pair++) {
      const weight = weights[from + pair];
      const wx = weight * first[pair];
      const wy = weight * second[pair];
      x += wx;
      y += wy;
      xx += wx * first[pair];
      xy += wx * second[pair];
      yy += wy * second[pair];
    }
    if (scale === 'ratio' && !(x > 0 && y > 0)) return null;
    return estimate(scale, x / pairs, y / pairs, xx / pairs, xy / pairs, yy / pairs, pairs);
  };
  const sample = pairs < 2 ? null : resample(new Uint8Array(pairs).fill(1), 0);
  if (sample === null) return null;
  const tie = 1e-12 * (Math.abs(sample.value) + 1e-300);
  const distances = new Float64Array(count);
  for (let b = 0; b < count; b++) {
    const drawn = resample(times, b * pairs);
    distances[b] = drawn === null ? Number.NaN : distance(drawn.value - sample.value, drawn.error, tie);
  }
  // Resamples without an estimate say nothing and count against both bounds: sorted as the greatest, they are as well the least.
  const mute = distances.filter(Number.isNaN).length;
  for (let b = 0; b < count; b++) if (Number.isNaN(distances[b])) distances[b] = Infinity;
  distances.sort();
  const smallest = (rank: number) => (rank < mute ? -Infinity : distances[rank - mute]);
  const natural = scale === 'ratio' ? exponential : (x: number) => x;
  return {
    estimate: natural(sample.value),
    error: sample.error,
    tails: (effect) => {
      const value = scale === 'ratio' ? logarithm(effect) : effect;
      const t = distance(sample.value - value, sample.error, tie);
      let [below, above] = [1 + mute, 1];
      for (let b = 0; b < count; b++) {
        if (b < count - mute && distances[b] <= t) below++;
        if (distances[b] >= t) above++;
      }
      return { less: below / (count + 1), greater: above / (count + 1) };
    },
    interval: (level) => {
      const beyond = Math.floor((level / 2) * (count + 1) + 1e-9) - 1;
      if (beyond < 0) return { low: natural(-Infinity), high: natural(Infinity) };
      if (sample.error === 0) return { low: natural(sample.value), high: natural(sample.value) };
      return {
        low: natural(sample.value - distances[count - 1 - beyond] * sample.error),
        high: natural(sample.value - smallest(beyond) * sample.error),
      };
    },
  };
}

/** In standard errors; an error of 0 makes any distance infinite. */
function distance(difference: number, error: number, tie: number): number {
  if (error > 0) return difference / error;
  return Math.abs(difference) <= tie ? 0 : difference > 0 ? Infinity : -Infinity;
}
