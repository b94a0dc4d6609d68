/**
 * Principal components of an embedding (Pearson 1901), for comparison with its Fourier planes. Frequencies of equal power have
 * equal variances, among which principal components may choose any directions: they mix planes, and a circle becomes a cloud.
 */

import { symmetricEigen } from '../engine/linear-algebra/index.ts';
import { centredRows } from './centred-rows.ts';
import { requireShape } from './expected-shape.ts';
import { fourierComponents } from './fourier-components.ts';

export interface PrincipalComponents {
  /** [count]: what each component holds of the variance, descending, 0 to 1. */
  readonly shares: Float64Array;
  /** [p, count]: the centred tokens along the components. Of two signs that in which the largest coordinate is positive. */
  readonly scores: Float64Array;
  readonly count: number;
}

/**
 * The components with the most variance of an embedding [p, d], from the eigenvectors of its p × p Gram matrix (or, where
 * d < p, of its d × d covariance).
 *
 * @param count at most as many as there are: min(p, d)
 * @returns NaN shares where all rows are equal
 * @throws {RangeError} for an array of another size
 */
export function principalComponents(
  embedding: ArrayLike<number>,
  p: number,
  d: number,
  count: number,
): PrincipalComponents {
  requireShape('principalComponents', 'the embedding', embedding, [p, d]);
  const centred = centredRows(embedding, p, d);
  const [size, along] = d < p ? [d, p] : [p, d];
  const products = new Float64Array(size * size);
  const at = (i: number, x: number) => (d < p ? centred[x * d + i] : centred[i * d + x]) as number;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let x = 0; x < along; x++) sum += at(i, x) * at(j, x);
      products[i * size + j] = sum;
      products[j * size + i] = sum;
    }
  }
  const { values, vectors } = symmetricEigen(products, size);
  let total = 0;
  for (let i = 0; i < size; i++) total += products[i * size + i] as number;
  const kept = Math.min(count, size);
  const shares = new Float64Array(kept);
  const scores = new Float64Array(p * kept);
  for (let c = 0; c < kept; c++) {
    const place = size - 1 - c;
    const value = Math.max(0, values[place] as number);
    shares[c] = value / total;
    const vector = vectors.subarray(place * size, (place + 1) * size);
    const column = d < p ? projected(centred, p, d, vector) : vector.map((x) => x * Math.sqrt(value));
    const sign = signOfLargest(column);
    for (let t = 0; t < p; t++) scores[t * kept + c] = sign * (column[t] as number);
  }
  return { shares, scores, count: kept };
}

/**
 * Where a frequency went: the share of its power in each component, in the order of the components, summing to at most 1.
 * Two entries hold all of it where the components respect its plane.
 *
 * @param frequency 1 … ⌊p/2⌋
 */
export function frequencyInComponents(
  { scores, count }: Pick<PrincipalComponents, 'scores' | 'count'>,
  embedding: ArrayLike<number>,
  p: number,
  d: number,
  frequency: number,
): Float64Array {
  const powerAt = (rows: ArrayLike<number>, width: number) => {
    const { real, imaginary } = fourierComponents(rows, p, width);
    return Float64Array.from({ length: width }, (_, j) => {
      const place = (frequency - 1) * width + j;
      const [re, im] = [real[place] as number, imaginary[place] as number];
      return re * re + im * im;
    });
  };
  let total = 0;
  for (const power of powerAt(centredRows(embedding, p, d), d)) total += power;
  return powerAt(scores, count).map((power) => power / total);
}

function projected(rows: Float64Array, p: number, d: number, vector: Float64Array): Float64Array {
  return Float64Array.from({ length: p }, (_, t) => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += (rows[t * d + j] as number) * (vector[j] as number);
    return sum;
  });
}

function signOfLargest(values: Float64Array): 1 | -1 {
  let largest = 0;
  for (const value of values) if (Math.abs(value) > Math.abs(largest)) largest = value;
  return largest < 0 ? -1 : 1;
}
