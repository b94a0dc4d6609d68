/**
 * Distributions of initial weights. Each parameter draws from a random stream of its own, keyed by seed and name, so
 * that two models that share a parameter's name and shape start from the same values of it.
 */

import { Stream } from '../engine/philox.ts';

/** Initial values, row-major, of the parameter of this name and shape. */
export type Initializer = (seed: number, name: string, shape: readonly number[]) => Float64Array;

const elements = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);

export const zeros: Initializer = (_seed, _name, shape) => new Float64Array(elements(shape));

export const ones: Initializer = (_seed, _name, shape) => new Float64Array(elements(shape)).fill(1);

/** N(0, std²). */
export function normal(std: number): Initializer {
  return (seed, name, shape) => new Stream(seed, name).normals(elements(shape)).map((x) => x * std);
}

/** U(−bound, bound). */
export function uniform(bound: number): Initializer {
  return (seed, name, shape) =>
    new Stream(seed, name).uniforms(elements(shape)).map((x) => (2 * x - 1) * bound);
}

/**
 * U(−1/√fanIn, 1/√fanIn): the default of PyTorch's nn.Linear, weights (kaiming_uniform_ with a = √5) and biases alike.
 *
 * @param fanIn inputs of the linear map
 */
export function linearDefault(fanIn: number): Initializer {
  return uniform(1 / Math.sqrt(fanIn));
}

/** N(0, 1): the default of PyTorch's nn.Embedding. */
export const embeddingDefault: Initializer = normal(1);

/**
 * The initial values of a weight matrix by the `init` section of a model's configuration. Biases, and the parameters
 * of normalisation layers, always keep the model's own.
 *
 * @param own what `default` means for this matrix, and `normal` without a std
 * @param fanIn inputs of the matrix, for `uniform`; a table looked up by tokens has one input per row
 */
export function matrixInitializer(
  init: { type: string; std: number | null },
  own: Initializer,
  fanIn: number,
): Initializer {
  if (init.type === 'uniform') return linearDefault(fanIn);
  return init.type === 'normal' && init.std !== null ? normal(init.std) : own;
}
