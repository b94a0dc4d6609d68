/**
 * How far an embedding of Z_p consists of circles: for each frequency k the norms of Re F_k and Im F_k, F = DFT(W₁)/p along the
 * tokens, and their angle; and whether frequencies share neurons (Musat, arXiv:2511.01938, norms and angles of his simulation).
 */

import { fourierComponents } from '../../measures/fourier-components.ts';
import { norm } from '../vectors.ts';

/** Norms and angles of the Fourier parts of an embedding, and what neurons they share. */
export interface FourierCircles {
  /** [(p − 1)/2]: ‖Re F_k‖ at k − 1. */
  readonly realNorms: Float64Array;
  /** [(p − 1)/2]: ‖Im F_k‖ at k − 1. */
  readonly imaginaryNorms: Float64Array;
  /** [(p − 1)/2]: cos of the angle between Re F_k and Im F_k at k − 1. */
  readonly cosines: Float64Array;
  /** Mean cosine of |Re F_k| and |Im F_k|, entry by entry: 1 where both parts use the same neurons alike, 2/π for Gaussian ones. */
  readonly samePattern: number;
  /** The same over all parts of different frequencies: 0 where each frequency has neurons of its own. */
  readonly otherPattern: number;
}

/**
 * The circles of an embedding.
 * @param embedding [p, width] row-major, p an odd prime
 */
export function fourierCircles(embedding: Float64Array, p: number, width: number): FourierCircles {
  const { real, imaginary } = fourierComponents(embedding, p, width);
  const frequencies = (p - 1) / 2;
  const part = (of: Float64Array, k: number) => of.subarray(k * width, (k + 1) * width);
  const realNorms = new Float64Array(frequencies);
  const imaginaryNorms = new Float64Array(frequencies);
  const cosines = new Float64Array(frequencies);
  const sum = new Float64Array(width);
  let samePattern = 0;
  for (let k = 0; k < frequencies; k++) {
    const [re, im] = [part(real, k), part(imaginary, k)];
    const [a, b] = [norm(re), norm(im)];
    let product = 0;
    let sizes = 0;
    for (let j = 0; j < width; j++) {
      product += re[j] * im[j];
      sizes += Math.abs(re[j] * im[j]);
      sum[j] += Math.abs(re[j]) / a + Math.abs(im[j]) / b;
    }
    realNorms[k] = a / p;
    imaginaryNorms[k] = b / p;
    cosines[k] = product / (a * b);
    samePattern += sizes / (a * b);
  }
  // The unit vectors of all parts, added: ‖sum‖² is the sum over all pairs, each part with itself giving 1.
  const all = norm(sum) ** 2 - 2 * frequencies - 2 * samePattern;
  return {
    realNorms,
    imaginaryNorms,
    cosines,
    samePattern: samePattern / frequencies,
    otherPattern: all / (4 * frequencies * (frequencies - 1)),
  };
}
