/** Elementwise arithmetic and comparison of two values, with broadcasting; fused into groups when planned. */

import { bug, refuse } from '../errors.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { broadcastShapes, formatShape } from '../shape.ts';
import { constant } from './leaf.ts';

type Derivative = (node: Expr, g: Expr) => (Expr | undefined)[];
/** An expression, or a number that takes the dtype of the other operand. */
export type Operand = Expr | number;

/** An operation the planner fuses with its elementwise neighbours; `step` is its name in the kernels. */
export function elementwiseOperation(step: string, derivative: Derivative): Operation {
  return { name: step, step, derivative, lower: () => bug(`${step} is lowered as part of a group`) };
}

const operands = (node: Expr): [Expr, Expr] => node.inputs as unknown as [Expr, Expr];

const addOperation = elementwiseOperation('add', (_, g) => [g, g]);
const subOperation = elementwiseOperation('sub', (_, g) => [g, neg(g)]);
const mulOperation = elementwiseOperation('mul', (node, g) => {
  const [a, b] = operands(node);
  return [mul(g, b), mul(g, a)];
});
// d(a/b) = da/b − (a/b)·db/b
const divOperation = elementwiseOperation('div', (node, g) => {
  const share = div(g, operands(node)[1]);
  return [share, neg(mul(share, node))];
});
// Where both operands are equal the first one gets the whole gradient.
const maximumOperation = elementwiseOperation('maximum', (node, g) => {
  const [a, b] = operands(node);
  const second = greater(b, a);
  return [mul(g, sub(1, second)), mul(g, second)];
});
const minimumOperation = elementwiseOperation('minimum', (node, g) => {
  const [a, b] = operands(node);
  const second = greater(a, b);
  return [mul(g, sub(1, second)), mul(g, second)];
});
const greaterOperation = elementwiseOperation('greater', () => [undefined, undefined]);
// Values set to zero pass no gradient on.
const zeroBelowOperation = elementwiseOperation('zeroBelow', (node, g) => {
  const [x, threshold] = operands(node);
  return [mul(g, sub(1, greater(threshold, maximum(x, neg(x))))), undefined];
});
const mulAddOperation = elementwiseOperation('mulAdd', (node, g) => {
  const [a, b] = operands(node);
  return [mul(g, b), mul(g, a), g];
});
const equalOperation = elementwiseOperation('equal', () => [undefined, undefined]);
const negOperation = elementwiseOperation('neg', (_, g) => [neg(g)]);
const selectOperation = elementwiseOperation('select', (node, g) => {
  const condition = node.inputs[0] as Expr;
  const zero = constant(0, [], g.dtype);
  return [undefined, select(condition, g, zero), select(condition, zero, g)];
});

/** What the kernels compute of i32 too, wrapping around at 32 bits. */
const wholeNumberOperations = [addOperation, subOperation, mulOperation, greaterOperation, equalOperation];

function lift(operation: string, a: Operand, b: Operand): [Expr, Expr] {
  if (typeof a === 'number' && typeof b === 'number')
    return refuse(operation, 'needs at least one expression, got two numbers');
  const dtype = (typeof a === 'number' ? (b as Expr) : a).dtype;
  const x = typeof a === 'number' ? constant(a, [], dtype) : a;
  const y = typeof b === 'number' ? constant(b, [], dtype) : b;
  if (x.dtype !== y.dtype)
    refuse(operation, `both operands need one dtype, got ${x.dtype} and ${y.dtype}; use cast`);
  return [x, y];
}

function binary(operation: Operation, a: Operand, b: Operand): Expr {
  const [x, y] = lift(operation.name, a, b);
  if (!wholeNumberOperations.includes(operation)) needsFloat(operation.name, typeof a === 'number' ? y : x);
  const shape = broadcastShapes(operation.name, x.shape, y.shape);
  return makeNode(operation, [x, y], shape, x.dtype, x.examples || y.examples);
}

/** a + b with broadcasting; either may be a number. */
export const add = (a: Operand, b: Operand): Expr => binary(addOperation, a, b);
/** a − b. */
export const sub = (a: Operand, b: Operand): Expr => binary(subOperation, a, b);
/** a · b, element by element. */
export const mul = (a: Operand, b: Operand): Expr => binary(mulOperation, a, b);
/** a / b, element by element. */
export const div = (a: Operand, b: Operand): Expr => binary(divOperation, a, b);
/** The larger of each pair. */
export const maximum = (a: Operand, b: Operand): Expr => binary(maximumOperation, a, b);
/** The smaller of each pair. */
export const minimum = (a: Operand, b: Operand): Expr => binary(minimumOperation, a, b);
/** 1 where a > b, else 0, in the operands' dtype; constant to the gradient. */
export const greater = (a: Operand, b: Operand): Expr => binary(greaterOperation, a, b);
/** 1 where a = b, else 0, in the operands' dtype; constant to the gradient. */
export const equal = (a: Operand, b: Operand): Expr => binary(equalOperation, a, b);
/** x where |x| ≥ threshold, +0 elsewhere; NaN stays. */
export const zeroBelow = (x: Operand, threshold: Operand): Expr => binary(zeroBelowOperation, x, threshold);
/** −a. */
export const neg = (a: Expr): Expr => makeNode(negOperation, [a], a.shape, a.dtype, a.examples);

/** Elements of `a` where the condition is not 0, of `b` elsewhere. */
export function select(condition: Expr, a: Operand, b: Operand): Expr {
  const [x, y] = lift('select', a, b);
  if (condition.dtype !== x.dtype) {
    refuse('select', `condition and values need one dtype, got ${condition.dtype} and ${x.dtype}`);
  }
  const shape = broadcastShapes('select', condition.shape, broadcastShapes('select', x.shape, y.shape));
  return makeNode(
    selectOperation,
    [condition, x, y],
    shape,
    x.dtype,
    condition.examples || x.examples || y.examples,
  );
}

/**
 * a · b + c with one rounding (IEEE 754 fusedMultiplyAdd): exact where a product nearly cancels what it is added to.
 */
export function mulAdd(a: Expr, b: Expr, c: Expr): Expr {
  for (const x of [a, b, c]) needsFloat('mulAdd', x);
  if (a.dtype !== b.dtype || a.dtype !== c.dtype) {
    refuse('mulAdd', `all operands need one dtype, got ${a.dtype}, ${b.dtype} and ${c.dtype}; use cast`);
  }
  const shape = broadcastShapes('mulAdd', broadcastShapes('mulAdd', a.shape, b.shape), c.shape);
  return makeNode(mulAddOperation, [a, b, c], shape, a.dtype, a.examples || b.examples || c.examples);
}

/** Refuses integers where only floating-point numbers make sense. */
export function needsFloat(operation: string, x: Expr): void {
  if (x.dtype === 'i32')
    refuse(operation, `needs f32 or f64, got i32 of shape ${formatShape(x.shape, x.examples)}; use cast`);
}
