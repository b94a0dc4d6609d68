/** Tensors given by a formula, so that fixtures store results only: the twin of test/fixtures/formula.py. */

const MODULUS = 65521; // the largest 16-bit prime

const elements = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);

/** (37 i² + (7919 + 211 salt) i + 104729 salt + 13) mod 65521: exact in f64 for i below 10⁷. */
const residue = (i: number, salt: number): number =>
  (37 * i * i + (7919 + 211 * salt) * i + 104729 * salt + 13) % MODULUS;

/** Row-major elements residue/65521 − ½. */
export function formulaTensor(shape: readonly number[], salt: number): Float64Array {
  return Float64Array.from({ length: elements(shape) }, (_, i) => residue(i, salt) / MODULUS - 0.5);
}

/** Row-major elements residue mod bound. */
export function formulaIndices(shape: readonly number[], salt: number, bound: number): Int32Array {
  return Int32Array.from({ length: elements(shape) }, (_, i) => residue(i, salt) % bound);
}
