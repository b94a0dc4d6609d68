/**
 * The isolated dynamics beside real training of the same network from the same W₁, on the clock τ: how far apart their first layers
 * are, neuron by neuron, and how far apart the geometries of their embeddings are, which a permutation or rotation of the neurons
 * does not change.
 */

import type { Observation } from './observation.ts';
import type { RealPoint } from './real-training.ts';

/** The isolated dynamics with its weights at every observation. */
export interface IsolatedPath {
  readonly observations: readonly Observation[];
  /** W₁ [inputs, width] at each of them. */
  readonly weights: readonly Float64Array[];
  readonly inputs: number;
}

/** Between a real W₁ and the isolated Ŵ₁ at the same τ. */
export interface Distance {
  readonly tau: number;
  /** ‖W₁ − Ŵ₁‖/‖Ŵ₁‖ */
  readonly weights: number;
  /** ‖W₁W₁ᵀ − Ŵ₁Ŵ₁ᵀ‖/‖Ŵ₁Ŵ₁ᵀ‖ */
  readonly geometry: number;
}

/** @param points of a real training; after the path's end they are compared with its last weights */
export function distances(path: IsolatedPath, points: readonly RealPoint[]): Distance[] {
  const { inputs } = path;
  return points.map(({ tau, weights }) => {
    const isolated = weightsAt(path, tau);
    return {
      tau,
      weights: relativeDistance(weights, isolated),
      geometry: relativeDistance(innerProducts(weights, inputs), innerProducts(isolated, inputs)),
    };
  });
}

/** W₁ of the path at a time, linearly between its observations. */
function weightsAt({ observations, weights }: IsolatedPath, tau: number): Float64Array {
  const after = observations.findIndex((observation) => observation.tau >= tau);
  if (after === 0) return weights[0] as Float64Array;
  if (after < 0) return weights[weights.length - 1] as Float64Array;
  const [before, behind] = [after - 1, after].map((i) => (observations[i] as Observation).tau) as [
    number,
    number,
  ];
  const part = (tau - before) / (behind - before);
  const [x, y] = [weights[after - 1] as Float64Array, weights[after] as Float64Array];
  return x.map((value, i) => value + part * ((y[i] as number) - value));
}

/** WWᵀ of W [rows, width]. */
function innerProducts(values: Float64Array, rows: number): Float64Array {
  const width = values.length / rows;
  const products = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += values[i * width + k] * values[j * width + k];
      products[i * rows + j] = sum;
      products[j * rows + i] = sum;
    }
  }
  return products;
}

function relativeDistance(x: Float64Array, y: Float64Array): number {
  let squares = 0;
  let size = 0;
  for (let i = 0; i < y.length; i++) {
    squares += (x[i] - y[i]) ** 2;
    size += y[i] ** 2;
  }
  return Math.sqrt(squares / size);
}
