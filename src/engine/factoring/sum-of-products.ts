/**
 * Sums of products: the normal form in which linear maps commute with sums, gathers and scalings. A value is
 * Σ over terms of scale · Π factors, summed over every label that is not one of its own; a term that lacks one of the
 * value's labels is the same along it.
 */

import type { Dtype } from '../dtype.ts';
import { bug } from '../errors.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { gather } from '../operations/gather.ts';
import { constantOperation } from '../operations/leaf.ts';
import { pad, slice } from '../operations/slice.ts';
import type { Label, Labels } from './labels.ts';

export interface Factor {
  readonly expr: Expr;
  readonly labels: readonly Label[];
}

export interface Term {
  readonly scale: number;
  readonly factors: readonly Factor[];
}

export interface SumOfProducts {
  /** One per axis of the value. */
  readonly labels: readonly Label[];
  readonly terms: readonly Term[];
}

/**
 * The matrix [extent, total] that puts a part at its place in a concatenation: 1 where column = start + row. It is
 * folded away, as a slice of what it is multiplied with or as padding, before anything is computed.
 */
const placement: Operation = {
  name: 'placement',
  derivative: () => bug('a placement was not folded'),
  lower: () => bug('a placement was not folded'),
};

export function placementOf(start: number, extent: number, total: number, dtype: Dtype): Expr {
  return makeNode(placement, [], [extent, total], dtype, false, { start });
}

/** A table looked up by one index per example: linear maps of the row are maps of the table. */
export function isLookup(node: Expr): boolean {
  return node.operation.name === 'gather' && (node.inputs[1] as Expr).shape.length === 0;
}

export function renameTerm(term: Term, rename: ReadonlyMap<Label, Label>): Term {
  const factors = term.factors.map(({ expr, labels }) => ({
    expr,
    labels: labels.map((label) => rename.get(label) ?? label),
  }));
  return { scale: term.scale, factors };
}

/** Applies a map of rows to a value: to the table where it is looked up. `axis` counts axes of the row. */
function onRows(expr: Expr, axis: number, map: (x: Expr, axis: number) => Expr): Expr {
  if (!isLookup(expr)) return map(expr, axis);
  const [table, index] = expr.inputs as readonly [Expr, Expr];
  return gather(map(table, axis + 1), index);
}

/** A number that multiplies the whole product, if the factor is one. */
function numberOf(factor: Factor): number | undefined {
  const { value } = factor.expr.attributes;
  if (factor.expr.operation !== constantOperation || factor.expr.shape.length > 0) return undefined;
  return typeof value === 'number' ? value : (value as readonly number[])[0];
}

/** Cuts every factor that has a label down to a part of it, under another label; `undefined` when nothing is left. */
export function cutTerm(term: Term, from: Label, to: Label, start: number, extent: number): Term | undefined {
  const factors: Factor[] = [];
  for (const factor of term.factors) {
    const { expr } = factor;
    const at = factor.labels.indexOf(from);
    const labels = factor.labels.map((label) => (label === from ? to : label));
    if (at < 0) {
      factors.push(factor);
    } else if (expr.operation !== placement) {
      const cut = onRows(expr, at, (x, axis) => slice(x, axis, start, start + extent));
      factors.push({ expr: cut, labels });
    } else {
      if (at === 0) bug('the rows of a placement were cut');
      const place = expr.attributes.start as number;
      const length = expr.shape[0] as number;
      if (place + length <= start || place >= start + extent) return undefined;
      if (place < start || place + length > start + extent)
        return bug('a slice crosses the parts of a concatenation');
      factors.push({ expr: placementOf(place - start, length, extent, expr.dtype), labels });
    }
  }
  return { scale: term.scale, factors };
}

/** True when a slice of the axis takes every part of a concatenation whole or not at all. */
export function cutsCleanly(term: Term, label: Label, start: number, extent: number): boolean {
  return term.factors.every(({ expr, labels }) => {
    if (expr.operation !== placement || !labels.includes(label)) return true;
    if (labels[0] === label) return false;
    const place = expr.attributes.start as number;
    const end = place + (expr.shape[0] as number);
    return end <= start || place >= start + extent || (place >= start && end <= start + extent);
  });
}

/**
 * A product with its constants folded: numbers go into the scale, a placement that is summed over picks its part of the
 * factors it is multiplied with. `undefined` when the product is 0.
 */
export function foldTerm(term: Term, kept: readonly Label[]): Term | undefined {
  let current = term;
  for (;;) {
    const { scale, factors } = current;
    const found = factors.find((factor) => {
      if (numberOf(factor) !== undefined) return true;
      if (factor.expr.operation !== placement) return false;
      return factor.expr.shape[0] === factor.expr.shape[1] || !kept.includes(factor.labels[1] as Label);
    });
    if (found === undefined) return scale === 0 ? undefined : current;
    const others = { scale, factors: factors.filter((factor) => factor !== found) };
    const number = numberOf(found);
    if (number !== undefined) {
      current = { ...others, scale: scale * number };
      continue;
    }
    const [row, column] = found.labels as readonly [Label, Label];
    const [extent, total] = found.expr.shape as readonly [number, number];
    if (extent === total) {
      // The identity: one label for both; the row is never kept.
      current = renameTerm(others, new Map([[row, column]]));
      continue;
    }
    const part = cutTerm(others, column, row, found.expr.attributes.start as number, extent);
    if (part === undefined) return undefined;
    current = part;
  }
}

/** Writes placements that are left as padding of the factor that has their rows. */
export function padPlaced(term: Term): Term {
  let { factors } = term;
  for (const place of term.factors.filter((factor) => factor.expr.operation === placement)) {
    const [row, column] = place.labels as readonly [Label, Label];
    const holder = factors.find((factor) => factor !== place && factor.labels.includes(row));
    if (holder === undefined) return bug('a placement without a part');
    const { start } = place.expr.attributes as { start: number };
    const total = place.expr.shape[1] as number;
    const padded = {
      expr: onRows(holder.expr, holder.labels.indexOf(row), (x, axis) => pad(x, axis, start, total)),
      labels: holder.labels.map((label) => (label === row ? column : label)),
    };
    factors = factors
      .filter((factor) => factor !== place)
      .map((factor) => (factor === holder ? padded : factor));
  }
  return { scale: term.scale, factors };
}

/**
 * All products of a term of one sum with a term of the other, under the labels they share.
 * @param summed labels that are summed: where neither term has one, every element of it counts
 */
export function multiply(
  a: readonly Term[],
  b: readonly Term[],
  kept: readonly Label[],
  summed: readonly Label[],
  labels: Labels,
): Term[] {
  return a.flatMap((x) =>
    b.flatMap((y) => {
      const factors = [...x.factors, ...y.factors];
      const lacking = summed.filter((label) => !factors.some((factor) => factor.labels.includes(label)));
      return foldTerm({ scale: x.scale * y.scale * labels.size(lacking), factors }, kept) ?? [];
    }),
  );
}
