/** Times to grok are compared as ratios: geometric means with 95 % intervals of Student's t on their logarithms. */

export interface GeometricMean {
  readonly mean: number;
  /** Of the 95 % interval; both NaN for a single value. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** t at 0.975 with 1, 2, … degrees of freedom (tables of Student's distribution). */
const QUANTILES = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
/** Of the normal distribution, and how t approaches it (Cornish and Fisher's first term). */
const [NORMAL, APPROACH] = [1.96, 2.37];

/** Of values above 0; all NaN for none. */
export function geometricMean(values: readonly number[]): GeometricMean {
  const logs = values.map(Math.log);
  const count = logs.length;
  const mean = logs.reduce((sum, x) => sum + x, 0) / count;
  const degrees = count - 1;
  const variance = logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / degrees;
  const t = QUANTILES[degrees - 1] ?? NORMAL + APPROACH / degrees;
  const half = degrees < 1 ? Number.NaN : t * Math.sqrt(variance / count);
  return { mean: Math.exp(mean), low: Math.exp(mean - half), high: Math.exp(mean + half), count };
}

/** Least squares of log y on log x: the exponent of y ∝ xˢ, and the correlation of the logarithms. */
export function powerLaw(pairs: readonly (readonly [x: number, y: number])[]): {
  exponent: number;
  correlation: number;
} {
  const points = pairs.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const meanOf = (of: (point: readonly [number, number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [mx, my] = [meanOf(([x]) => x), meanOf(([, y]) => y)];
  const xx = meanOf(([x]) => (x - mx) ** 2);
  const yy = meanOf(([, y]) => (y - my) ** 2);
  const xy = meanOf(([x, y]) => (x - mx) * (y - my));
  return { exponent: xy / xx, correlation: xy / Math.sqrt(xx * yy) };
}
