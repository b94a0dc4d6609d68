/**
 * How few frequencies of Z_p an embedding uses: the power of its Fourier components along the tokens, and how unequal
 * it is (Nanda et al. 2023, arXiv:2301.05217). A relabelling t → u·t with a unit u only permutes the frequencies, so that
 * Gini coefficient, top-5 share and IPR ask nothing about the order of the tokens beyond the group itself.
 */

import { centredRows } from './centred-rows.ts';
import { requireShape } from './expected-shape.ts';
import { type FourierComponents, fourierComponents } from './fourier-components.ts';
import { gini } from './gini.ts';
import { inverseParticipationRatio, shareOfLargest } from './participation.ts';

export interface EmbeddingSpectrum {
  /** [⌊p/2⌋], summing to 1: entry k − 1 is P_k = ‖F_k‖²/Σ‖F‖². */
  readonly power: Float64Array;
  /** Gini coefficient of P. */
  readonly gini: number;
  /** What the five largest P hold, 0 to 1. */
  readonly top5Share: number;
  /** Inverse participation ratio Σ P². */
  readonly ipr: number;
}

/**
 * The spectrum of an embedding [p, d], centred over the tokens. Frequencies are k = 1 … (p − 1)/2, for even p also
 * k = p/2: its component is real, where the others are complex, but noise gives it the same mean power, so that it
 * counts like them.
 *
 * @returns NaN throughout where all rows are equal
 * @throws {RangeError} for p < 2 or an array of another size
 */
export function embeddingSpectrum(embedding: ArrayLike<number>, p: number, d: number): EmbeddingSpectrum {
  requireShape('embeddingSpectrum', 'the embedding', embedding, [p, d]);
  if (p < 2) {
    throw new RangeError('embeddingSpectrum: one token has no frequencies; at least 2 are needed');
  }
  const power = normalised(componentPowers(fourierComponents(centredRows(embedding, p, d), p, d), d));
  return {
    power,
    gini: gini(power),
    top5Share: shareOfLargest(power, 5),
    ipr: inverseParticipationRatio(power),
  };
}

/** ‖F_k‖² = ‖Re F_k‖² + ‖Im F_k‖² for each frequency. */
export function componentPowers({ real, imaginary }: FourierComponents, width: number): Float64Array {
  const powers = new Float64Array(real.length / width);
  for (let k = 0; k < powers.length; k++) {
    let power = 0;
    for (let j = k * width; j < (k + 1) * width; j++)
      power += real[j] * real[j] + imaginary[j] * imaginary[j];
    powers[k] = power;
  }
  return powers;
}

function normalised(powers: Float64Array): Float64Array {
  let total = 0;
  for (const power of powers) total += power;
  return powers.map((power) => power / total);
}
