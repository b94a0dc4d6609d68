/**
 * What linear operations do to sums of products: each takes the normal forms of its operands to that of its result.
 * None of them computes anything.
 */

import type { Expr } from '../expression.ts';
import { constant } from '../operations/leaf.ts';
import { foldTerm, multiply } from './fold.ts';
import type { Label, Labels } from './labels.ts';
import {
  cutsCleanly,
  cutTerm,
  placementOf,
  renameTerm,
  type SumOfProducts,
  type Term,
} from './sum-of-products.ts';

/** The expression itself, as the only factor of the only term. */
export function single(expr: Expr, labels: Labels): SumOfProducts {
  const own = expr.shape.map((extent) => labels.fresh(extent));
  const term = foldTerm({ scale: 1, factors: [{ expr, labels: own }] }, own, labels);
  return { labels: own, terms: term === undefined ? [] : [term] };
}

/** Renames labels, giving every other one a new name, so that summed labels of two operands never meet. */
function refreshed(terms: readonly Term[], rename: ReadonlyMap<Label, Label>, labels: Labels): Term[] {
  return terms.map((term) => {
    const names = new Map(rename);
    for (const label of term.factors.flatMap((factor) => factor.labels)) {
      if (!names.has(label)) names.set(label, labels.fresh(labels.extent(label)));
    }
    return renameTerm(term, names);
  });
}

/** Terms of an operand under the labels of a broadcast result; an axis of one element is summed away. */
function aligned(value: SumOfProducts, to: readonly Label[], labels: Labels): Term[] {
  const missing = to.length - value.labels.length;
  const rename = new Map<Label, Label>();
  for (const [axis, label] of value.labels.entries()) {
    const target = to[axis + missing] as Label;
    if (labels.extent(label) === labels.extent(target)) rename.set(label, target);
  }
  return refreshed(value.terms, rename, labels);
}

function labelsOf(node: Expr, labels: Labels): Label[] {
  return node.shape.map((extent) => labels.fresh(extent));
}

export function scaled(value: SumOfProducts, factor: number): SumOfProducts {
  return {
    labels: value.labels,
    terms: value.terms.map((term) => ({ ...term, scale: term.scale * factor })),
  };
}

/** a + b, broadcast to the shape of the node. */
export function added(node: Expr, a: SumOfProducts, b: SumOfProducts, labels: Labels): SumOfProducts {
  const own = labelsOf(node, labels);
  return { labels: own, terms: [...aligned(a, own, labels), ...aligned(b, own, labels)] };
}

/** a · b element by element, broadcast to the shape of the node. */
export function multiplied(node: Expr, a: SumOfProducts, b: SumOfProducts, labels: Labels): SumOfProducts {
  const own = labelsOf(node, labels);
  return { labels: own, terms: multiply(aligned(a, own, labels), aligned(b, own, labels), own, [], labels) };
}

/** An einsum of two sums. */
export function contracted(node: Expr, a: SumOfProducts, b: SumOfProducts, labels: Labels): SumOfProducts {
  const [operands, out] = (node.attributes.spec as string).split('->') as [string, string];
  const [la, lb] = operands.split(',') as [string, string];
  const named = new Map<string, Label>();
  const under = (value: SumOfProducts, letters: string): Term[] => {
    const rename = new Map<Label, Label>();
    for (const [axis, label] of value.labels.entries()) {
      const letter = letters[axis] as string;
      const target = named.get(letter) ?? labels.fresh(labels.extent(label));
      named.set(letter, target);
      rename.set(label, target);
    }
    return refreshed(value.terms, rename, labels);
  };
  const [x, y] = [under(a, la), under(b, lb)];
  const own = [...out].map((letter) => named.get(letter) as Label);
  const summed = [...named.values()].filter((label) => !own.includes(label));
  return { labels: own, terms: multiply(x, y, own, summed, labels) };
}

/** Σ over one axis. */
export function summed(node: Expr, value: SumOfProducts, labels: Labels): SumOfProducts {
  const label = value.labels[node.attributes.axis as number] as Label;
  const own = value.labels.filter((other) => other !== label);
  const terms = value.terms.flatMap((term) => {
    const held = term.factors.some((factor) => factor.labels.includes(label));
    return foldTerm(held ? term : { ...term, scale: term.scale * labels.extent(label) }, own, labels) ?? [];
  });
  return { labels: own, terms };
}

export function permuted(node: Expr, value: SumOfProducts): SumOfProducts {
  const axes = node.attributes.axes as readonly number[];
  return { labels: axes.map((axis) => value.labels[axis] as Label), terms: value.terms };
}

/** Axes of one element may come and go; any other reshape has no rule. */
export function reshaped(node: Expr, value: SumOfProducts, labels: Labels): SumOfProducts | undefined {
  const solid = (shape: readonly number[]): string => shape.filter((extent) => extent !== 1).join();
  if (solid((node.inputs[0] as Expr).shape) !== solid(node.shape)) return undefined;
  const kept = value.labels.filter((label) => labels.extent(label) !== 1);
  let next = 0;
  const own = node.shape.map((extent) => (extent === 1 ? labels.fresh(1) : (kept[next++] as Label)));
  return { labels: own, terms: value.terms };
}

/** A slice of every term; no rule where it cuts a part of a concatenation in two. */
export function sliced(node: Expr, value: SumOfProducts, labels: Labels): SumOfProducts | undefined {
  const { axis, start } = node.attributes as { axis: number; start: number };
  const extent = node.shape[axis] as number;
  const from = value.labels[axis] as Label;
  if (!value.terms.every((term) => cutsCleanly(term, from, start, extent))) return undefined;
  const to = labels.fresh(extent);
  const own = value.labels.map((label) => (label === from ? to : label));
  const terms = value.terms.flatMap((term) => {
    const part = cutTerm(term, { from, to, start, extent }, labels);
    return part === undefined ? [] : (foldTerm(part, own, labels) ?? []);
  });
  return { labels: own, terms };
}

/** A concatenation is the sum of its parts, each at its place. */
export function joined(node: Expr, values: readonly SumOfProducts[], labels: Labels): SumOfProducts {
  const axis = node.attributes.axis as number;
  const own = labelsOf(node, labels);
  const column = own[axis] as Label;
  let start = 0;
  const terms = values.flatMap((value) => {
    const extent = labels.extent(value.labels[axis] as Label);
    const row = labels.fresh(extent);
    const rename = new Map(value.labels.map((label, i) => [label, i === axis ? row : (own[i] as Label)]));
    const place = {
      expr: placementOf(start, extent, labels.extent(column), node.dtype),
      labels: [row, column],
    };
    start += extent;
    return refreshed(value.terms, rename, labels).flatMap(({ scale, factors }) => {
      // A part that is the same all along its axis is written out, so that it has a place.
      const held = factors.some((factor) => factor.labels.includes(row));
      const ones = constant(new Array<number>(extent).fill(1), [extent], node.dtype);
      const part = held ? factors : [...factors, { expr: ones, labels: [row] }];
      return foldTerm({ scale, factors: [...part, place] }, own, labels) ?? [];
    });
  });
  return { labels: own, terms };
}
