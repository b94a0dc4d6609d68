/** Weighted sums of a few rows for each example (kernels/weighted.ts): terms that are added in one pass over the result. */

import { BYTES, DTYPE_CODE } from '../dtype.ts';
import type { Lowering, View } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import { type Axis, type Kinds, SINGLE } from './axes.ts';

/** More rows than this are better read as panels. */
const MOST_ROWS = 16;
/** Fewer columns than this do not fill the vectors. */
const FEWEST_COLUMNS = 8;

/** Σₖ weights[k]·rows[k] for each example. */
export interface WeightedRows {
  readonly weights: View;
  readonly rows: View;
  readonly examples: Axis;
  readonly columns: number;
  readonly k: Axis;
}

/** A product as weighted rows: the whole result is one row per example, and each example has rows of its own. */
export function asWeightedRows(
  { a, b, c }: { readonly a: View; readonly b: View; readonly c: View },
  { batch, m, n, k }: Kinds,
): WeightedRows | undefined {
  const [examples, column, summed] = [batch[0], n[0], k[0] ?? SINGLE];
  const size = BYTES[c.dtype];
  const fits =
    m.length === 0 &&
    batch.length === 1 &&
    n.length === 1 &&
    k.length <= 1 &&
    examples?.count.rows === true &&
    examples.count.factor === 1 &&
    (examples.indexed === undefined || examples.indexed.operand === 2) &&
    column?.b === size &&
    column.c === size &&
    !column.count.rows &&
    !summed.count.rows;
  if (!fits || column.count.factor < FEWEST_COLUMNS || summed.count.factor > MOST_ROWS) return undefined;
  return { weights: a, rows: b, examples, columns: column.count.factor, k: summed };
}

/** Writes start + Σ of terms to the target; all terms have its columns. */
export function emitWeighted(
  terms: readonly WeightedRows[],
  start: View | undefined,
  target: View,
  lowering: Pick<Lowering, 'emit' | 'canonical'>,
): void {
  const [first] = terms as readonly [WeightedRows];
  const size = BYTES[target.dtype];
  const from = start === undefined ? target : lowering.canonical(start);
  lowering.emit(OPCODE.weighted, [
    DTYPE_CODE[target.dtype],
    first.examples.count,
    Math.ceil((first.columns * size) / 32) * 32,
    start === undefined ? 0 : 1,
    from.pointer,
    from.examples ? from.exampleStride * size : 0,
    target.pointer,
    target.examples ? target.exampleStride * size : 0,
    terms.length,
    ...terms.flatMap(({ weights, rows, examples, k }) => [
      weights.pointer,
      examples.a ?? 0,
      k.a ?? 0,
      rows.pointer,
      examples.b ?? 0,
      k.b ?? 0,
      k.count.factor,
      examples.indexed === undefined ? 0 : 1,
      examples.indexed?.pointer ?? rows.pointer,
    ]),
  ]);
}
