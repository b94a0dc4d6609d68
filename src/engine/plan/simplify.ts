/**
 * Merges equal subexpressions, drops what adds nothing (x + 0, x · 1) and evaluates what is made of constants, so that
 * each value is computed once, or not at all.
 */

import { type Expr, makeNode, topologicalOrder } from '../expression.ts';
import { constantOperation } from '../operations/leaf.ts';
import { reshape } from '../operations/reshape.ts';
import { sizeOf } from '../shape.ts';
import { evaluated } from './constants.ts';

function isConstant(node: Expr | undefined, value: number): boolean {
  return node?.operation === constantOperation && node.attributes.value === value && node.shape.length === 0;
}

/** A single 1, whatever its axes. */
function isOne(node: Expr): boolean {
  return node.operation === constantOperation && node.attributes.value === 1 && sizeOf(node.shape) === 1;
}

/** The other factor of a product with a single 1, where it has the product's elements in their order. */
function timesOne(node: Expr): Expr | undefined {
  const { name } = node.operation;
  if (name !== 'mul' && name !== 'einsum') return undefined;
  const one = node.inputs.findIndex(isOne);
  const other = node.inputs[1 - one];
  if (one < 0 || other === undefined || other.examples !== node.examples) return undefined;
  if (name === 'mul') return sizeOf(other.shape) === sizeOf(node.shape) ? other : undefined;
  const [a, b, out] = String(node.attributes.spec).split(/,|->/) as [string, string, string];
  const labels = one === 0 ? b : a;
  const kept = (from: string): string =>
    [...from].filter((label) => labels.includes(label) && other.shape[labels.indexOf(label)] !== 1).join('');
  return kept(labels) === kept(out) ? other : undefined;
}

/** JSON writes NaN and the infinities alike, and −0 as 0. */
function distinctly(_: string, value: unknown): unknown {
  if (Object.is(value, -0)) return '-0';
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** The input a node is equal to, if it is. */
function unchanged(node: Expr): Expr | undefined {
  const [a, b] = node.inputs;
  const name = node.operation.name;
  let same: Expr | undefined;
  if ((name === 'mul' || name === 'div') && isConstant(b, 1)) same = a;
  if (name === 'mul' && isConstant(a, 1)) same = b;
  if ((name === 'add' || name === 'sub') && isConstant(b, 0)) same = a;
  if (name === 'add' && isConstant(a, 0)) same = b;
  if (same === undefined || same.examples !== node.examples) return undefined;
  return same.shape.length === node.shape.length &&
    same.shape.every((extent, axis) => extent === node.shape[axis])
    ? same
    : undefined;
}

/** Maps every node the roots depend on to its representative in the simplified graph. */
export function simplify(roots: readonly Expr[]): Map<Expr, Expr> {
  const representative = new Map<Expr, Expr>();
  const known = new Map<string, Expr>();
  for (const node of topologicalOrder(roots)) {
    const inputs = node.inputs.map((input) => representative.get(input) as Expr);
    const moved = inputs.some((input, i) => input !== node.inputs[i]);
    const written = moved
      ? makeNode(node.operation, inputs, node.shape, node.dtype, node.examples, node.attributes)
      : node;
    const value = evaluated(written) ?? written;
    const factor = timesOne(value);
    const candidate = factor === undefined ? value : reshape(factor, value.shape);
    const same = candidate === factor ? factor : unchanged(candidate);
    if (same !== undefined) {
      representative.set(node, same);
      continue;
    }
    const key = [
      candidate.operation.name,
      candidate.dtype,
      candidate.examples,
      candidate.shape.join('x'),
      candidate.inputs.map((input) => input.id).join(','),
      JSON.stringify(candidate.attributes, distinctly),
    ].join('|');
    const first = known.get(key);
    if (first === undefined) known.set(key, candidate);
    representative.set(node, first ?? candidate);
  }
  return representative;
}
