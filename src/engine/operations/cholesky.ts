/** The Cholesky factorisation A + ρI = LLᵀ of a symmetric positive definite matrix, and what its pivots say of A. */

import { DTYPE_CODE } from '../dtype.ts';
import { refuse } from '../errors.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { OPCODE } from '../opcodes.ts';
import { formatShape } from '../shape.ts';
import { add, mul, type Operand } from './arithmetic.ts';
import { sum } from './broadcast.ts';
import { matmul } from './einsum.ts';
import { constant } from './leaf.ts';
import { permute } from './reshape.ts';
import { slice } from './slice.ts';
import { BACKWARD, substituted } from './substitute.ts';
import { gramTriangle, syrkOperation } from './syrk.ts';
import {
  factorSize,
  groupsOf,
  needsSquare,
  opaque,
  spreadLower,
  triangleSize,
  upperTriangle,
} from './triangles.ts';

/** Bytes of rows that are factored between two meetings of the threads: 32 rows of f64. */
const BLOCK_GROUPS = 4;
/** Numbers on the pivots at the end of a factor. */
export const PIVOT_NUMBERS = 4;

const factorOperation: Operation = {
  name: 'choleskyFactor',
  flops: ({ attributes: { n } }) => Math.round(((n as number) * (n as number) * (n as number)) / 3),
  derivative: opaque('choleskyFactor', 'differentiate cholesky or choleskySolve of the matrix instead'),
  lower(node, lowering) {
    const n = node.attributes.n as number;
    const groups = groupsOf(n, node.dtype);
    const [source, ridge] = [lowering.input(0).pointer, lowering.input(1).pointer];
    const target = lowering.output().pointer;
    const emit = (from: number, to: number, first: number, count: number): void =>
      lowering.emit(OPCODE.factor, [
        ...[DTYPE_CODE[node.dtype], source, ridge, target, n],
        ...[from, to, first, count],
      ]);
    for (let from = 0; from < groups; from += BLOCK_GROUPS) {
      const to = Math.min(groups, from + BLOCK_GROUPS);
      emit(from, to, from, to - from);
      if (to < groups) emit(from, to, to, groups - to);
    }
  },
};

/** The factor of A + ρI, where the upper triangle of A is given in groups. */
export function factorOfTriangle(triangle: Expr, n: number, ridge: Operand = 0): Expr {
  if (triangle.shape.length !== 1 || triangle.shape[0] !== triangleSize(n, triangle.dtype)) {
    refuse('factor', `needs the triangle of a matrix of ${n} rows, got ${formatShape(triangle.shape)}`);
  }
  const added = ridgeOf(ridge, triangle);
  return makeNode(
    factorOperation,
    [triangle, added],
    [factorSize(n, triangle.dtype)],
    triangle.dtype,
    false,
    { n },
  );
}

/** A ridge as a scalar expression of the dtype of the matrix. */
export function ridgeOf(ridge: Operand, a: Expr): Expr {
  const added = typeof ridge === 'number' ? constant(ridge, [], a.dtype) : ridge;
  if (added.shape.length > 0 || added.examples || added.dtype !== a.dtype) {
    refuse(
      'cholesky',
      `the ridge must be a ${a.dtype} scalar like the matrix, got ${added.dtype} ${formatShape(added.shape, added.examples)}`,
    );
  }
  return added;
}

/**
 * The factor of A + ρI for a symmetric positive definite A [n, n], whose upper triangle is read, for `solveFactored`,
 * `pivots` and `cholesky`; of `syrk` it takes the triangle as it is computed.
 */
export function choleskyFactor(a: Expr, ridge: Operand = 0): Expr {
  const n = needsSquare('choleskyFactor', a);
  const triangle = a.operation === syrkOperation ? (a.inputs[1] as Expr) : upperTriangle(a);
  return factorOfTriangle(triangle, n, ridge);
}

/** The factor of AAᵀ + ρI for a matrix A [n, k]. */
export function gramFactor(a: Expr, ridge: Operand = 0): Expr {
  return factorOfTriangle(gramTriangle(a), a.shape[0] as number, ridge);
}

/**
 * How the pivots of a factor fared, for `refuseIndefinite`: [1 + the first that failed, or 0; what it was; the element of the
 * diagonal that it is left of; the smallest share of its element of the diagonal that a pivot was].
 */
export function pivots(factor: Expr): Expr {
  if (factor.operation !== factorOperation)
    refuse('pivots', `needs a Cholesky factor, got ${factor.operation.name}`);
  const start = 2 * triangleSize(factor.attributes.n as number, factor.dtype);
  return slice(factor, 0, start, start + PIVOT_NUMBERS);
}

/** 1 below the diagonal, ½ on it. */
function halved(n: number, a: Expr): Expr {
  const values = Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return i > j ? 1 : i === j ? 0.5 : 0;
  });
  return constant(values, [n, n], a.dtype);
}

// Murray (2016), Differentiation of the Cholesky decomposition: Ā = ½(S + Sᵀ), S = L⁻ᵀ Φ(LᵀL̄) L⁻¹, Φ the lower triangle with half the diagonal.
const choleskyOperation: Operation = {
  name: 'cholesky',
  flops: () => 0,
  derivative(node, g) {
    const factor = node.inputs[2] as Expr;
    const n = node.shape[0] as number;
    const half = halved(n, node);
    const inner = mul(matmul(permute(node, [1, 0]), g), half);
    const left = substituted(BACKWARD, factor, inner);
    const s = permute(substituted(BACKWARD, factor, permute(left, [1, 0])), [1, 0]);
    const a = mul(add(s, permute(s, [1, 0])), 0.5);
    const unit = Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
    return [a, sum(mul(a, constant(unit, [n, n], node.dtype))), undefined];
  },
  lower: (_, lowering) => spreadLower(lowering, lowering.input(2)),
};

/**
 * L, lower triangular with a positive diagonal, LLᵀ = A + ρI, for a symmetric positive definite A [n, n] whose upper
 * triangle is read. Where A is not, or is singular to working accuracy, L holds NaN, and `pivots` says where.
 * The gradient is that for symmetric changes of A.
 */
export function cholesky(a: Expr, ridge: Operand = 0): Expr {
  const n = needsSquare('cholesky', a);
  return makeNode(
    choleskyOperation,
    [a, ridgeOf(ridge, a), choleskyFactor(a, ridge)],
    [n, n],
    a.dtype,
    false,
  );
}
