/** Triangular systems and, by a Cholesky factor, positive definite ones, with many right-hand sides. */

import { BYTES, DTYPE_CODE } from '../dtype.ts';
import { refuse } from '../errors.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { pitch } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import { formatShape } from '../shape.ts';
import { opaque } from './triangles.ts';

/** LY = B, LᵀX = Y, or both one after the other; kernels/substitute.ts knows them by the same numbers. */
export const FORWARD = 0;
export const BACKWARD = 1;
export const BOTH = 2;
type Kind = typeof FORWARD | typeof BACKWARD | typeof BOTH;

const substituteOperation: Operation = {
  name: 'substitute',
  flops({ shape, attributes }) {
    const [n, columns] = shape as readonly [number, number];
    return (attributes.kind === BOTH ? 2 : 1) * n * n * columns;
  },
  derivative: opaque('substitute', 'differentiate choleskySolve or triangularSolve instead'),
  lower(node, lowering) {
    const [n, columns] = node.shape as [number, number];
    const factor = lowering.input(0);
    const b = lowering.canonical(lowering.input(1));
    const x = lowering.output();
    // Rows that are padded may be written over to their end.
    const whole = (pitch(columns) * BYTES[node.dtype]) % 32 === 0;
    lowering.emit(OPCODE.substitute, [
      DTYPE_CODE[node.dtype],
      node.attributes.kind as Kind,
      factor.pointer,
      b.pointer,
      x.pointer,
      pitch(columns) * BYTES[node.dtype],
      n,
      columns,
      whole ? 1 : 0,
    ]);
  },
};

/** Solves with a factor (of `choleskyFactor`, `gramFactor` or `factorOfLower`): B and the result are [n, columns]. */
export function substituted(kind: Kind, factor: Expr, b: Expr): Expr {
  const n = factor.attributes.n;
  if (typeof n !== 'number') refuse('solve', `needs a factor, got ${factor.operation.name}`);
  if (b.examples || b.shape.length !== 2 || b.shape[0] !== n || b.dtype !== factor.dtype) {
    refuse(
      'solve',
      `needs right-hand sides ${factor.dtype} [${n}, columns], the same for all examples, got ${b.dtype} ${formatShape(b.shape, b.examples)}`,
    );
  }
  return makeNode(substituteOperation, [factor, b], b.shape, b.dtype, false, { kind });
}

/** (A + ρI)⁻¹B by the factor of A + ρI; B and the result are [n, columns]. Has no derivative: see `choleskySolve`. */
export function solveFactored(factor: Expr, b: Expr): Expr {
  return substituted(BOTH, factor, b);
}
