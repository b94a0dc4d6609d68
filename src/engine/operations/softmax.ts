/** Softmax and log-softmax over the last axis, in one kernel that subtracts the row's maximum first. */

import { BYTES, DTYPE_CODE } from '../dtype.ts';
import { refuse } from '../errors.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { canonicalSize, count, rows } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import { formatShape } from '../shape.ts';
import { mul, mulAdd, needsFloat, neg, sub } from './arithmetic.ts';
import { sum } from './broadcast.ts';

function lower(logarithm: 0 | 1): Operation['lower'] {
  return (node, lowering) => {
    const source = lowering.canonical(lowering.input(0));
    const target = lowering.output();
    const outer = node.shape.slice(0, -1).reduce((a, b) => a * b, 1);
    const extent = node.shape[node.shape.length - 1] as number;
    lowering.emit(OPCODE.softmax, [
      DTYPE_CODE[node.dtype],
      logarithm,
      source.pointer,
      target.pointer,
      node.examples ? rows(outer) : count(outer),
      extent,
      canonicalSize([extent]) * BYTES[node.dtype],
    ]);
  };
}

const softmaxOperation: Operation = {
  name: 'softmax',
  // y ⊙ (g − ⟨g, y⟩)
  derivative: (node, g) => [mul(node, sub(g, sum(mul(g, node), -1, true)))],
  lower: lower(0),
};

const logSoftmaxOperation: Operation = {
  name: 'logSoftmax',
  // g − softmax(x)·Σg, with one rounding: for a confident network the two nearly cancel, and a product rounded on its own
  // would leave an error as large as the gradient, the same for every example.
  derivative: (node, g) => [mulAdd(softmax(node.inputs[0] as Expr), neg(sum(g, -1, true)), g)],
  lower: lower(1),
};

function overLastAxis(operation: Operation, x: Expr): Expr {
  needsFloat(operation.name, x);
  if (x.shape.length === 0)
    refuse(operation.name, `needs at least one axis, got ${formatShape(x.shape, x.examples)}`);
  return makeNode(operation, [x], x.shape, x.dtype, x.examples);
}

/** exp(x)/Σexp(x) over the last axis. */
export const softmax = (x: Expr): Expr => overLastAxis(softmaxOperation, x);
/** x − ln Σexp(x) over the last axis. */
export const logSoftmax = (x: Expr): Expr => overLastAxis(logSoftmaxOperation, x);
