/**
 * What measures of spectrum and embedding are where there is nothing to be measured: on white noise (independent Gaussian
 * numbers), or on rows dealt out at random. The null that needs no network; docs/measures.md has them beside the formulas.
 */

import type { SpectralConfig } from '../config/index.ts';
import { logarithm } from '../engine/logarithm.ts';
import { cycleCosine } from '../tasks/input-group/index.ts';
import { lowBand } from './low-band.ts';

/** `spectral_low_frac` of white noise on the torus C_n □ C_n: the share of its modes that the band holds, exactly its mean. */
export function lowShareOfNoise(
  n: number,
  band: Pick<SpectralConfig, 'mode' | 'value' | 'include_zero'>,
): number {
  const eigenvalues = Float64Array.from({ length: n * n }, (_, mode) => {
    const [i, j] = [Math.floor(mode / n), mode % n];
    return 1 - 0.5 * (cycleCosine(i, n) + cycleCosine(j, n));
  });
  const kinds = lowBand({ eigenvalues, multiplicity: new Float64Array(n * n).fill(1) }, band);
  let low = 0;
  let counted = 0;
  for (const kind of kinds) {
    if (kind === 2) low++;
    if (kind > 0) counted++;
  }
  return low / counted;
}

/** `diagonal_share` of white noise on two groups of n elements: n − 1 of the n² − 1 modes, exactly its mean. */
export function diagonalShareOfNoise(n: number): number {
  return 1 / (n + 1);
}

/**
 * `spectral_entropy` of white noise, in nats: powers of a mode are Gamma distributed with the number of functions as shape, so
 * that their shares have the expected entropy ψ(MC + 1) − ψ(C + 1), which is ln M − 1/(2C) up to terms in 1/C² and 1/M.
 *
 * @param modes M
 * @param functions C, such as classes
 */
export function entropyOfNoise(modes: number, functions: number): number {
  return logarithm(modes) - 1 / (2 * functions);
}

/** `embedding_gini` of Gaussian vectors of this width, nearly (for many tokens). */
export function giniOfNoise(width: number): number {
  return 1 / Math.sqrt(Math.PI * width);
}

/** `embedding_circle_fit` of Gaussian vectors, nearly: the plane of a frequency fits its own tokens. */
export function circleFitOfNoise(tokens: number, width: number): number {
  return width / (tokens + width);
}

/** `knn_energy` of rows dealt to n tokens at random, on any graph: exactly its mean. */
export function energyOfShuffled(tokens: number): number {
  return tokens / (tokens - 1);
}
