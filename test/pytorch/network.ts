/** The inputs and weights that networks are given in these comparisons: the twin of test/fixtures/networks.py. */

import { type Expr, input } from '../../src/engine/index.ts';
import { formulaTensor } from './formula.ts';

/** The operand columns a and b. */
export function operandInputs(): Expr[] {
  return ['a', 'b'].map((name) => input(name, [], 'i32', { examples: true }));
}

/** All pairs in row-major order, labelled (a + b) mod p. */
export function additionColumns(p: number): Record<'a' | 'b' | 'label', Int32Array> {
  const numbers = Array.from({ length: p * p }, (_, i) => i);
  return {
    a: Int32Array.from(numbers, (i) => Math.floor(i / p)),
    b: Int32Array.from(numbers, (i) => i % p),
    label: Int32Array.from(numbers, (i) => (Math.floor(i / p) + i) % p),
  };
}

/** Values of parameter number n: scale·formulaTensor(shape, n), with 1 added to the scales of normalisation layers. */
export function formulaParameter(parameter: Expr, n: number, scale: number): Float64Array {
  const offset = /(ln1|ln2|ln_final)\.w$/.test(String(parameter.attributes.name)) ? 1 : 0;
  return formulaTensor(parameter.shape, n).map((x) => offset + scale * x);
}
