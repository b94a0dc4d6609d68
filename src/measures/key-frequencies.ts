/**
 * Key frequencies (Nanda et al. 2023, arXiv:2301.05217): which frequencies of Z_p the hidden neurons compute with. Over
 * all inputs (a, b) a neuron of the circuit lies in the span of products of {1, cos w_k a, sin w_k a} and {1, cos w_k b, sin w_k b}.
 */

import { requireShape } from './expected-shape.ts';
import { type FourierComponents, fourierComponents } from './fourier-components.ts';

export interface KeyFrequencies {
  /** [width]: the frequency, 1 … ⌊p/2⌋, whose block holds most of the neuron's power; 0 for a constant neuron. */
  readonly frequency: Int32Array;
  /** [width]: the share of the neuron's power about its mean in that block, 0 to 1; 0 for a constant neuron. */
  readonly share: Float64Array;
  /** The frequencies of all neurons whose share is at least the threshold, ascending. */
  readonly keys: readonly number[];
  /** How many neurons those are. */
  readonly tuned: number;
}

/**
 * Of activations [p, p, width] (inputs a, b; neurons), each centred over the inputs: the share of power in the 3 × 3
 * block of k without its constant. The block is spanned by waves in a + b, a − b, a and b, and their amplitudes are the
 * Fourier components of sums along the diagonals, rows and columns: p²·width additions instead of a transform.
 *
 * For even p the frequency p/2 is included; its block has three waves, as a + b and a − b are then the same.
 *
 * @param threshold share from which a neuron counts, 0.85 as in the paper
 * @throws {RangeError} for an array of another size, or p below 2
 */
export function keyFrequencies(
  activations: ArrayLike<number>,
  p: number,
  width: number,
  threshold = 0.85,
): KeyFrequencies {
  requireShape('keyFrequencies', 'the activations', activations, [p, p, width]);
  if (p < 2) throw new RangeError('keyFrequencies: one token has no frequencies; at least 2 are needed');
  const { variation, waves } = lineSums(activations, p, width);
  const [sums, differences, rows, columns] = waves.map((line) => fourierComponents(line, p, width));
  const frequency = new Int32Array(width);
  const share = new Float64Array(width);
  for (let k = 1; 2 * k <= p; k++) {
    const selfConjugate = 2 * k === p;
    const directions = selfConjugate ? [sums, rows, columns] : [sums, differences, rows, columns];
    for (let i = 0; i < width; i++) {
      if (variation[i] === 0) continue;
      let power = 0;
      for (const direction of directions) power += squaredModulus(direction, (k - 1) * width + i);
      // Parseval over p² inputs; k and −k are two terms, except where they are one.
      const part = ((selfConjugate ? 1 : 2) * power) / (p * p * variation[i]);
      if (part > share[i]) {
        share[i] = part;
        frequency[i] = k;
      }
    }
  }
  const tuned = [...frequency].filter((_, i) => share[i] > 0 && share[i] >= threshold);
  return { frequency, share, keys: [...new Set(tuned)].sort((k, l) => k - l), tuned: tuned.length };
}

function squaredModulus({ real, imaginary }: FourierComponents, index: number): number {
  return real[index] * real[index] + imaginary[index] * imaginary[index];
}

/**
 * Σ z² [width] of the centred activations z, and their sums over all inputs with the same a + b, a − b, a and b, each
 * [p, width].
 */
function lineSums(
  activations: ArrayLike<number>,
  p: number,
  width: number,
): { variation: Float64Array; waves: Float64Array[] } {
  const mean = new Float64Array(width); // relative to input (0, 0): exactly 0 for a constant neuron
  for (let start = 0; start < activations.length; start += width) {
    for (let i = 0; i < width; i++) mean[i] += activations[start + i] - activations[i];
  }
  for (let i = 0; i < width; i++) mean[i] /= p * p;
  const variation = new Float64Array(width);
  const waves = [0, 1, 2, 3].map(() => new Float64Array(p * width));
  const [sums, differences, rows, columns] = waves;
  for (let a = 0; a < p; a++) {
    for (let b = 0; b < p; b++) {
      const start = (a * p + b) * width;
      const sum = ((a + b) % p) * width;
      const difference = ((a - b + p) % p) * width;
      for (let i = 0; i < width; i++) {
        const z = activations[start + i] - activations[i] - mean[i];
        variation[i] += z * z;
        sums[sum + i] += z;
        differences[difference + i] += z;
        rows[a * width + i] += z;
        columns[b * width + i] += z;
      }
    }
  }
  return { variation, waves };
}
