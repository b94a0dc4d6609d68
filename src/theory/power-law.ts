/** y = C xᵃ by least squares on the logarithms. */

export interface PowerLaw {
  /** a. */
  readonly slope: number;
  /** C. */
  readonly factor: number;
  /** R² of the logarithms. */
  readonly determination: number;
}

/** Fits the points of which both numbers are above 0; NaN where fewer than two different x remain. */
export function fitPowerLaw(x: readonly number[], y: readonly number[]): PowerLaw {
  const points = x.flatMap((value, i) => (value > 0 && y[i] > 0 ? [[Math.log(value), Math.log(y[i])]] : []));
  const n = points.length;
  const mean = [0, 1].map((k) => points.reduce((sum, point) => sum + point[k], 0) / n);
  let [xx, xy, yy] = [0, 0, 0];
  for (const [u, v] of points) {
    xx += (u - mean[0]) ** 2;
    xy += (u - mean[0]) * (v - mean[1]);
    yy += (v - mean[1]) ** 2;
  }
  const slope = n > 1 && xx > 0 ? xy / xx : Number.NaN;
  return {
    slope,
    factor: Math.exp(mean[1] - slope * mean[0]),
    determination: yy > 0 ? (slope * xy) / yy : 1,
  };
}
