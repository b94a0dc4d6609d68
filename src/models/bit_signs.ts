/** Bits as signs: the inputs −1 and +1 of parity networks (Barak et al. 2207.08799). */

import type { Dtype, Expr } from '../engine/index.ts';
import { add, cast, concat, mul, reshape } from '../engine/index.ts';

/**
 * [operands], per example: 2·token − 1.
 *
 * @param tokens one bit of shape [] per operand
 * @throws {Error} where tokens are not bits (the configuration refuses it earlier, with its place)
 */
export function bitSigns(tokens: readonly Expr[], vocabulary: number, dtype: Dtype): Expr {
  if (vocabulary !== 2) {
    throw new Error(`model: inputs as signs need tokens that are bits, got ${vocabulary} different tokens`);
  }
  const bits = concat(
    tokens.map((token) => reshape(token, [1])),
    0,
  );
  return add(mul(cast(bits, dtype), 2), -1);
}
