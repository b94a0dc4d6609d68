/** From sums of products back to expressions: each term in its cheapest order, then added up. */

import type { Dtype } from '../dtype.ts';
import type { Expr } from '../expression.ts';
import { add } from '../operations/arithmetic.ts';
import { broadcastTo } from '../operations/broadcast.ts';
import { gather } from '../operations/gather.ts';
import { constant } from '../operations/leaf.ts';
import type { Shape } from '../shape.ts';
import { alignTo, costOfTerm, multiplyTerm } from './contraction-order.ts';
import type { Label, Labels } from './labels.ts';
import { type Factor, isLookup, padPlaced, type SumOfProducts, type Term } from './sum-of-products.ts';

/** Sums of more terms than this are not worth forming. */
const MOST_TERMS = 48;

/** Multiply-adds and additions to compute a value, per run over `examples`. */
export function costOf(value: SumOfProducts, labels: Labels, examples: number): number {
  if (value.terms.length > MOST_TERMS) return Number.POSITIVE_INFINITY;
  const additions = Math.max(0, value.terms.length - 1) * labels.size(value.labels) * examples;
  return value.terms.reduce(
    (total, term) => total + costOfTerm(padPlaced(term), value.labels, labels, examples),
    additions,
  );
}

/** The factor's expression where the value is just that. */
function plainFactor(value: SumOfProducts): Expr | undefined {
  const [term, ...others] = value.terms;
  const [factor, ...more] = term?.factors ?? [];
  if (others.length > 0 || more.length > 0 || term?.scale !== 1) return undefined;
  return factor !== undefined && factor.labels.join() === value.labels.join() ? factor.expr : undefined;
}

/** The value as an expression: parameters are added first, then tables under one index, then what is left. */
export function assemble(
  value: SumOfProducts,
  like: { shape: Shape; dtype: Dtype },
  labels: Labels,
  examples: number,
): Expr {
  const plain = plainFactor(value);
  if (plain !== undefined) return plain;
  const groups = new Map<string, Factor>();
  for (const [i, term] of value.terms.entries()) {
    const part = multiplied(term, value.labels, like.dtype, labels, examples);
    const key = groupOf(part, i);
    const known = groups.get(key);
    groups.set(key, known === undefined ? part : addedTo(known, part, value.labels));
  }
  const ordered = [...groups.values()].sort((a, b) => Number(a.expr.examples) - Number(b.expr.examples));
  let total: Expr | undefined;
  for (const part of ordered) {
    const expr = alignTo(part, value.labels);
    total = total === undefined ? expr : add(total, expr);
  }
  return broadcastTo(total ?? constant(0, [], like.dtype), like.shape);
}

function multiplied(
  term: Term,
  kept: readonly Label[],
  dtype: Dtype,
  labels: Labels,
  examples: number,
): Factor {
  if (term.factors.length === 0) return { expr: constant(term.scale, [], dtype), labels: [] };
  return multiplyTerm(padPlaced(term), kept, labels, examples);
}

/** Parts with one key are added before they are looked up or spread over the examples. */
function groupOf(part: Factor, i: number): string {
  if (!part.expr.examples) return 'parameters';
  if (!isLookup(part.expr)) return `example ${i}`;
  return `lookup ${(part.expr.inputs[1] as Expr).id} ${[...part.labels].sort((a, b) => a - b).join()}`;
}

function addedTo(a: Factor, b: Factor, labels: readonly Label[]): Factor {
  if (!a.expr.examples) return { expr: add(alignTo(a, labels), alignTo(b, labels)), labels };
  const own = labels.filter((label) => a.labels.includes(label));
  const row: Label = -1;
  const table = (factor: Factor): Expr =>
    alignTo({ expr: factor.expr.inputs[0] as Expr, labels: [row, ...factor.labels] }, [row, ...own]);
  return { expr: gather(add(table(a), table(b)), a.expr.inputs[1] as Expr), labels: own };
}
