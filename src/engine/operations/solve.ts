/** Solutions of linear systems that can be differentiated: by Cholesky's factorisation, and with a triangular matrix. */

import { refuse } from '../errors.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { formatShape } from '../shape.ts';
import { add, mul, neg, type Operand } from './arithmetic.ts';
import { sum } from './broadcast.ts';
import { choleskyFactor, ridgeOf } from './cholesky.ts';
import { einsum } from './einsum.ts';
import { constant } from './leaf.ts';
import { BACKWARD, FORWARD, solveFactored, substituted } from './substitute.ts';
import { factorOfLower, needsMatrix, needsSquare } from './triangles.ts';

/** A node with the value of its first input and a derivative of its own, with respect to what that was computed from. */
function solution(name: string, derivative: Operation['derivative']): Operation {
  return { name, view: true, derivative, lower: (_, lowering) => lowering.alias(lowering.input(0)) };
}

const outer = (a: Expr, b: Expr): Expr => einsum('ic,jc->ij', a, b);

const choleskySolution = solution('choleskySolve', (node, g) => {
  const x = node.inputs[0] as Expr;
  const b = solveFactored(x.inputs[0] as Expr, g);
  const a = mul(add(outer(b, node), outer(node, b)), -0.5);
  return [undefined, a, b, neg(sum(mul(b, node)))];
});

/**
 * X = (A + ρI)⁻¹B for a symmetric positive definite A [n, n], whose upper triangle is read, and B [n, columns]. Where A + ρI
 * is singular to working accuracy or indefinite, X is NaN; `pivots` of the same factor says where. The gradient is that for
 * symmetric changes of A.
 */
export function choleskySolve(a: Expr, b: Expr, ridge: Operand = 0): Expr {
  needsSquare('choleskySolve', a);
  const x = solveFactored(choleskyFactor(a, ridge), b);
  return makeNode(choleskySolution, [x, a, b, ridgeOf(ridge, a)], x.shape, x.dtype, false);
}

/** 1 on and below the diagonal. */
function lowerOnes(n: number, like: Expr): Expr {
  const values = Array.from({ length: n * n }, (_, at) => (Math.floor(at / n) >= at % n ? 1 : 0));
  return constant(values, [n, n], like.dtype);
}

const triangularSolution = solution('triangularSolve', (node, g) => {
  const { transposed } = node.attributes as { transposed: boolean };
  const x = node.inputs[0] as Expr;
  const b = substituted(transposed ? FORWARD : BACKWARD, x.inputs[0] as Expr, g);
  const full = transposed ? outer(node, b) : outer(b, node);
  return [undefined, neg(mul(full, lowerOnes(node.shape[0] as number, node))), b];
});

/**
 * L⁻¹B, or L⁻ᵀB, for a lower triangular L [n, n] (what is above its diagonal is not read) and B [n, columns].
 * A zero on the diagonal gives infinities or NaN.
 */
export function triangularSolve(lower: Expr, b: Expr, { transposed = false } = {}): Expr {
  needsSquare('triangularSolve', lower);
  needsMatrix('triangularSolve', b);
  if (b.shape[0] !== lower.shape[0]) {
    refuse(
      'triangularSolve',
      `needs as many rows as the matrix ${formatShape(lower.shape)}, got ${formatShape(b.shape)}`,
    );
  }
  const x = substituted(transposed ? BACKWARD : FORWARD, factorOfLower(lower), b);
  return makeNode(triangularSolution, [x, lower, b], x.shape, x.dtype, false, { transposed });
}
