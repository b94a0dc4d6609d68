/** One-hot inputs times a matrix: x W with x a row of zeros and ones is the sum of the rows that x picks. */

import type { Expr } from '../engine/index.ts';
import { add, gather, slice } from '../engine/index.ts';
import type { Embedding } from './model.ts';

/**
 * (e_a ⊕ e_b ⊕ …) W for concatenated one-hots: operand i reads its own block of rows.
 *
 * @param W [operands · vocabulary, …r]
 * @param tokens one token of shape [] per operand
 * @returns […r] per example
 */
export function concatenatedLookup(W: Expr, tokens: readonly Expr[], vocabulary: number): Expr {
  return tokens
    .map((token, i) => gather(slice(W, 0, i * vocabulary, (i + 1) * vocabulary), token))
    .reduce((total, row) => add(total, row));
}

/** The rows of `W` [operands · vocabulary, width] that belong to each operand: for it, what an embedding would be. */
export function operandEmbeddings(name: string, W: Expr, operands: number, vocabulary: number): Embedding[] {
  return Array.from({ length: operands }, (_, i) => ({
    name: `${name}.${i}`,
    table: slice(W, 0, i * vocabulary, (i + 1) * vocabulary),
  }));
}

/** (e_a + e_b + …) W for summed one-hots: all operands read the same rows. `W` is [vocabulary, …r]. */
export function summedLookup(W: Expr, tokens: readonly Expr[]): Expr {
  return tokens.map((token) => gather(W, token)).reduce((total, row) => add(total, row));
}
