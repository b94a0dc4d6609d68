/**
 * The cheapest order in which to multiply the factors of a product: a product with a table costs one multiply-add per
 * row of the table, one with a value per example one per example, one of parameters just itself. Exhaustive over
 * subsets (the optimal contraction order of a small tensor network).
 */

import type { Expr } from '../expression.ts';
import { mul } from '../operations/arithmetic.ts';
import { sum } from '../operations/broadcast.ts';
import { einsum } from '../operations/einsum.ts';
import { gather } from '../operations/gather.ts';
import { permute, reshape } from '../operations/reshape.ts';
import type { Label, Labels } from './labels.ts';
import { type Factor, isLookup, type Term } from './sum-of-products.ts';

/** Beyond this many factors the order is not searched. */
export const MOST_FACTORS = 7;

/** What a partial product is: parameters only, one table looked up, or a value of its own for every example. */
interface Partial {
  readonly kind: 'parameter' | 'lookup' | 'example';
  /** The looked-up index of a lookup. */
  readonly lookup: Expr | undefined;
  readonly labels: readonly Label[];
  /** Multiply-adds of the cheapest order. */
  readonly cost: number;
  readonly split: readonly [number, number] | undefined;
}

function leafOf(factor: Factor): Partial {
  const kind = !factor.expr.examples ? 'parameter' : isLookup(factor.expr) ? 'lookup' : 'example';
  return {
    kind,
    lookup: kind === 'lookup' ? factor.expr : undefined,
    labels: factor.labels,
    cost: 0,
    split: undefined,
  };
}

/** How often a product is computed: once, per row of the table, or per example. */
function times(kind: Partial['kind'], lookup: Expr | undefined, examples: number): number {
  if (kind === 'parameter') return 1;
  return kind === 'lookup' ? (((lookup as Expr).inputs[0] as Expr).shape[0] as number) : examples;
}

function kindOf(a: Partial, b: Partial): Partial['kind'] {
  if (a.kind === 'parameter') return b.kind;
  return b.kind === 'parameter' ? a.kind : 'example';
}

/** Position of the only bit of a mask. */
function lowestBit(mask: number): number {
  return 31 - Math.clz32(mask);
}

/** The best orders of all subsets of a term's factors, by bit mask. */
function search(term: Term, kept: readonly Label[], labels: Labels, examples: number): Partial[] {
  const count = term.factors.length;
  const all = (1 << count) - 1;
  const best: Partial[] = [];
  const holders = (label: Label): number =>
    term.factors.reduce((mask, factor, i) => (factor.labels.includes(label) ? mask | (1 << i) : mask), 0);
  for (let mask = 1; mask <= all; mask++) {
    if ((mask & (mask - 1)) === 0) {
      best[mask] = leafOf(term.factors[lowestBit(mask)] as Factor);
      continue;
    }
    for (let part = (mask - 1) & mask; part > 0; part = (part - 1) & mask) {
      const rest = mask ^ part;
      if (part < rest) continue;
      const [a, b] = [best[part] as Partial, best[rest] as Partial];
      const together = [...new Set([...a.labels, ...b.labels])];
      const kind = kindOf(a, b);
      const lookup = kind === 'lookup' ? (a.lookup ?? b.lookup) : undefined;
      const cost = a.cost + b.cost + times(kind, lookup, examples) * labels.size(together);
      if (best[mask] !== undefined && (best[mask] as Partial).cost <= cost) continue;
      const remaining = together.filter((label) => kept.includes(label) || (holders(label) & ~mask) !== 0);
      best[mask] = { kind, lookup, labels: remaining, cost, split: [part, rest] };
    }
  }
  return best;
}

/** Multiply-adds that a term costs in its best order, per run over all examples. */
export function costOfTerm(term: Term, kept: readonly Label[], labels: Labels, examples: number): number {
  if (term.factors.length > MOST_FACTORS) return Number.POSITIVE_INFINITY;
  if (term.factors.length === 0) return 0;
  return (search(term, kept, labels, examples)[(1 << term.factors.length) - 1] as Partial).cost;
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Sums a factor over labels that nothing else has. */
function sumLonely(factor: Factor, needed: ReadonlySet<Label>): Factor {
  const axes = factor.labels.flatMap((label, axis) => (needed.has(label) ? [] : [axis]));
  if (axes.length === 0) return factor;
  const labels = factor.labels.filter((label) => needed.has(label));
  if (!isLookup(factor.expr)) return { expr: sum(factor.expr, axes), labels };
  const [table, index] = factor.expr.inputs as readonly [Expr, Expr];
  return {
    expr: gather(
      sum(
        table,
        axes.map((axis) => axis + 1),
      ),
      index,
    ),
    labels,
  };
}

/** The product of two factors, with `labels` kept and the others summed. */
function product(a: Factor, b: Factor, labels: readonly Label[]): Factor {
  if (a.expr.examples !== b.expr.examples) {
    const [lookup, parameter] = a.expr.examples ? [a, b] : [b, a];
    if (isLookup(lookup.expr)) {
      const [table, index] = lookup.expr.inputs as readonly [Expr, Expr];
      const row: Label = -1;
      const mapped = product({ expr: table, labels: [row, ...lookup.labels] }, parameter, [row, ...labels]);
      return { expr: gather(inOrder(mapped, [row, ...labels]), index), labels };
    }
  }
  const needed = new Set([...labels, ...a.labels.filter((label) => b.labels.includes(label))]);
  const [x, y] = [sumLonely(a, needed), sumLonely(b, needed)];
  const summed = x.labels.some((label) => !labels.includes(label));
  if (!summed) return { expr: mul(alignTo(x, labels), alignTo(y, labels)), labels };
  const letter = new Map(
    [...new Set([...x.labels, ...y.labels])].map((label, i) => [label, ALPHABET[i] as string]),
  );
  const spell = (list: readonly Label[]): string => list.map((label) => letter.get(label)).join('');
  return { expr: einsum(`${spell(x.labels)},${spell(y.labels)}->${spell(labels)}`, x.expr, y.expr), labels };
}

/** Axes in the order of `labels`, with one element where the factor lacks a label. */
export function alignTo(factor: Factor, labels: readonly Label[]): Expr {
  const own = labels.filter((label) => factor.labels.includes(label));
  const ordered = inOrder(factor, own);
  return reshape(
    ordered,
    labels.map((label) => (own.includes(label) ? (ordered.shape[own.indexOf(label)] as number) : 1)),
  );
}

function inOrder(factor: Factor, labels: readonly Label[]): Expr {
  return permute(
    factor.expr,
    labels.map((label) => factor.labels.indexOf(label)),
  );
}

/** The term as an expression, multiplied in its best order. */
export function multiplyTerm(term: Term, kept: readonly Label[], labels: Labels, examples: number): Factor {
  const best = search(term, kept, labels, examples);
  const build = (mask: number): Factor => {
    const partial = best[mask] as Partial;
    if (partial.split === undefined) return term.factors[lowestBit(mask)] as Factor;
    const [a, b] = partial.split;
    // What is still to be summed comes first, so that rows of what is kept lie densely.
    const wanted = [
      ...partial.labels.filter((label) => !kept.includes(label)),
      ...kept.filter((label) => partial.labels.includes(label)),
    ];
    return product(build(a), build(b), wanted);
  };
  const whole = build((1 << term.factors.length) - 1);
  const result = sumLonely(whole, new Set(kept));
  return term.scale === 1 ? result : { expr: scaled(result.expr, term.scale), labels: result.labels };
}

function scaled(expr: Expr, scale: number): Expr {
  if (!isLookup(expr)) return mul(expr, scale);
  const [table, index] = expr.inputs as readonly [Expr, Expr];
  return gather(mul(table, scale), index);
}
