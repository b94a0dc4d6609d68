/**
 * Sums of products over named axes (Einstein's convention) of two values: every matrix product of a network. The
 * example axis is implicit: kept, or summed over (`einsumOverExamples`). Closed under differentiation.
 */

import { refuse } from '../errors.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import type { Lowering, View } from '../lowering.ts';
import { formatShape, type Shape } from '../shape.ts';
import { needsFloat } from './arithmetic.ts';
import { broadcastExamples, sumExamples } from './broadcast.ts';
import { lowerProducts } from './contraction.ts';

interface Spec {
  readonly a: string;
  readonly b: string;
  readonly out: string;
}

function parse(spec: string): Spec {
  const match = /^([a-zA-Z]*),([a-zA-Z]*)->([a-zA-Z]*)$/.exec(spec.replaceAll(' ', ''));
  if (match === null) return refuse('einsum', `needs a pattern like "ij,jk->ik", got "${spec}"`);
  const [a, b, out] = match.slice(1) as [string, string, string];
  for (const labels of [a, b, out]) {
    if (new Set(labels).size !== labels.length)
      refuse('einsum', `a label may stand once in each of a, b and the result, got "${spec}"`);
  }
  for (const label of new Set(a + b + out)) {
    const places = [a, b, out].filter((labels) => labels.includes(label)).length;
    if (places < 2)
      refuse(
        'einsum',
        `label ${label} of "${spec}" must stand in at least two of a, b and the result; sum it first`,
      );
  }
  return { a, b, out };
}

function extents(spec: string, parsed: Spec, a: Expr, b: Expr): Map<string, number> {
  const extent = new Map<string, number>();
  for (const [labels, x] of [
    [parsed.a, a],
    [parsed.b, b],
  ] as const) {
    if (labels.length !== x.shape.length) {
      refuse(
        'einsum',
        `"${spec}" names ${labels.length} axes for a value of shape ${formatShape(x.shape, x.examples)}`,
      );
    }
    for (const [axis, label] of [...labels].entries()) {
      const length = x.shape[axis] as number;
      const known = extent.get(label);
      if (known !== undefined && known !== length) {
        refuse(
          'einsum',
          `label ${label} of "${spec}" is ${known} long in ${formatShape(a.shape, a.examples)} and ${length} in ${formatShape(b.shape, b.examples)}`,
        );
      }
      extent.set(label, length);
    }
  }
  return extent;
}

function derivative(node: Expr, g: Expr): (Expr | undefined)[] {
  const [a, b] = node.inputs as readonly [Expr, Expr];
  const spec = parse(node.attributes.spec as string);
  // Σ over examples of a result without the example axis: g is the same for every example.
  const toward = (target: Expr, pattern: string, other: Expr): Expr => {
    if (target.examples)
      return einsum(pattern, g.examples || other.examples ? g : broadcastExamples(g), other);
    return g.examples || other.examples ? einsumOverExamples(pattern, g, other) : einsum(pattern, g, other);
  };
  return [toward(a, `${spec.out},${spec.b}->${spec.a}`, b), toward(b, `${spec.out},${spec.a}->${spec.b}`, a)];
}

/** Where two operands lie: a row of a table, if the other operand has examples too, and is not itself one. */
export function operandsOf(lowering: Lowering, first: number): [View, View] {
  const [a, b] = [lowering.reference(first), lowering.reference(first + 1)];
  if (!a.examples || !b.examples) return [lowering.rowsOf(a), lowering.rowsOf(b)];
  return [a, a.index === undefined ? b : lowering.rowsOf(b)];
}

/** @param overExamples for sums over the examples, which read both operands side by side for a whole tile */
function lowerEinsum(node: Expr, lowering: Lowering, overExamples: boolean): void {
  const spec = node.attributes.spec as string;
  const [a, b] = overExamples ? [lowering.input(0), lowering.input(1)] : operandsOf(lowering, 0);
  const c = lowering.output();
  lowerProducts([{ spec, a, b, c, overExamples, accumulate: false }], undefined, c, lowering);
}

const einsumOperation: Operation = {
  name: 'einsum',
  derivative,
  lower: (node, lowering) => lowerEinsum(node, lowering, false),
};

const einsumOverExamplesOperation: Operation = {
  name: 'einsumOverExamples',
  reducesExamples: () => true,
  derivative,
  lower: (node, lowering) => lowerEinsum(node, lowering, true),
};

function build(operation: Operation, spec: string, a: Expr, b: Expr, examples: boolean): Expr {
  needsFloat('einsum', a);
  if (a.dtype !== b.dtype)
    refuse('einsum', `both operands need one dtype, got ${a.dtype} and ${b.dtype}; use cast`);
  const parsed = parse(spec);
  const extent = extents(spec, parsed, a, b);
  const shape: Shape = [...parsed.out].map((label) => extent.get(label) as number);
  const pattern = `${parsed.a},${parsed.b}->${parsed.out}`;
  return makeNode(operation, [a, b], shape, a.dtype, examples, { spec: pattern });
}

/** Σ of products over the labels that the result lacks, e.g. einsum('ij,jk->ik', a, b); per example where either is. */
export function einsum(spec: string, a: Expr, b: Expr): Expr {
  return build(einsumOperation, spec, a, b, a.examples || b.examples);
}

/** The same, summed over the examples of the run as well. */
export function einsumOverExamples(spec: string, a: Expr, b: Expr): Expr {
  if (!a.examples && !b.examples)
    refuse('einsumOverExamples', 'needs a value per example in at least one operand, got none');
  // Σₑ a·bₑ = a·Σₑ bₑ
  if (!a.examples) return einsum(spec, a, sumExamples(b));
  if (!b.examples) return einsum(spec, sumExamples(a), b);
  return build(einsumOverExamplesOperation, spec, a, b, false);
}

/** Last axis of `a` with the first of the matrix `b`: […, k] × [k, n] = […, n]. */
export function matmul(a: Expr, b: Expr): Expr {
  if (a.shape.length === 0 || b.shape.length !== 2 || a.shape[a.shape.length - 1] !== b.shape[0]) {
    refuse(
      'matmul',
      `the last axis of the first operand must be as long as the first of the second, a matrix; got ` +
        `${formatShape(a.shape, a.examples)} and ${formatShape(b.shape, b.examples)}`,
    );
  }
  const leading = 'abcdefgh'.slice(0, a.shape.length - 1);
  return einsum(`${leading}y,yz->${leading}z`, a, b);
}
