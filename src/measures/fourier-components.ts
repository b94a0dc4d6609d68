/** The discrete Fourier transform of rows along Z_p, F_k = Σ_t x_t e^{−2πikt/p}: p is prime as a rule, so by its definition. */

import { trigonometricTable } from './trigonometric-table.ts';

export interface FourierComponents {
  /** [⌊p/2⌋, width]: row k − 1 is Re F_k = Σ_t x_t cos(2πkt/p). */
  readonly real: Float64Array;
  /** [⌊p/2⌋, width]: row k − 1 is Im F_k = −Σ_t x_t sin(2πkt/p); 0 for k = p/2. */
  readonly imaginary: Float64Array;
}

/**
 * F_k for k = 1 … ⌊p/2⌋ of rows [p, width]. Rows t and p − t are added (for the cosines) and subtracted (for the sines)
 * once, which halves the work: about ½p²·width multiply-adds.
 */
export function fourierComponents(rows: ArrayLike<number>, p: number, width: number): FourierComponents {
  const { cos, sin } = trigonometricTable(p);
  const half = Math.floor((p - 1) / 2); // pairs t, p − t with t < p − t
  const { even, odd } = folded(rows, p, width, half);
  const frequencies = Math.floor(p / 2);
  const real = new Float64Array(frequencies * width);
  const imaginary = new Float64Array(frequencies * width);
  for (let k = 1; k <= frequencies; k++) {
    const re = real.subarray((k - 1) * width, k * width);
    const im = imaginary.subarray((k - 1) * width, k * width);
    for (let j = 0; j < width; j++) re[j] = rows[j];
    let m = 0; // k·t mod p
    for (let t = 1; t <= half; t++) {
      m = (m + k) % p;
      const c = cos[m];
      const s = sin[m];
      const row = (t - 1) * width;
      for (let j = 0; j < width; j++) {
        re[j] += c * even[row + j];
        im[j] -= s * odd[row + j];
      }
    }
    if (p % 2 === 0) {
      const sign = k % 2 === 0 ? 1 : -1; // cos(πk), the row in the middle
      for (let j = 0; j < width; j++) re[j] += sign * rows[(p / 2) * width + j];
    }
  }
  return { real, imaginary };
}

/** x_t + x_{p−t} and x_t − x_{p−t} for t = 1 … half, each [half, width]. */
function folded(
  rows: ArrayLike<number>,
  p: number,
  width: number,
  half: number,
): { even: Float64Array; odd: Float64Array } {
  const even = new Float64Array(half * width);
  const odd = new Float64Array(half * width);
  for (let t = 1; t <= half; t++) {
    for (let j = 0; j < width; j++) {
      const ahead = rows[t * width + j];
      const behind = rows[(p - t) * width + j];
      even[(t - 1) * width + j] = ahead + behind;
      odd[(t - 1) * width + j] = ahead - behind;
    }
  }
  return { even, odd };
}
