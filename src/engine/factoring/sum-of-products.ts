/**
 * Sums of products: the normal form in which linear maps commute with sums, gathers and scalings. A value is
 * Σ over terms of scale · Π factors, summed over every label that is not one of its own; a term that lacks one of the
 * value's labels is the same along it.
 */

import type { Dtype } from '../dtype.ts';
import { bug } from '../errors.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { gather } from '../operations/gather.ts';
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
export const placement: Operation = {
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

/** Elements `start` … `start + extent − 1` of a label, which are called `to`. */
interface Cut {
  readonly from: Label;
  readonly to: Label;
  readonly start: number;
  readonly extent: number;
}

/** Cuts every factor that has a label down to a part of it, under another label; `undefined` when nothing is left. */
export function cutTerm(term: Term, cut: Cut, labels: Labels): Term | undefined {
  const { from, to, start, extent } = cut;
  const factors: Factor[] = [];
  const further: Cut[] = [];
  for (const factor of term.factors) {
    const { expr } = factor;
    const at = factor.labels.indexOf(from);
    const own = factor.labels.map((label) => (label === from ? to : label));
    if (at < 0) {
      factors.push(factor);
    } else if (expr.operation !== placement) {
      const part = onRows(expr, at, (x, axis) => slice(x, axis, start, start + extent));
      factors.push({ expr: part, labels: own });
    } else {
      const place = expr.attributes.start as number;
      const [length, total] = expr.shape as readonly [number, number];
      if (at === 0) {
        // A part of a part: of a concatenation that is joined with others in its turn.
        factors.push({ expr: placementOf(place + start, extent, total, expr.dtype), labels: own });
        continue;
      }
      const [first, end] = [Math.max(place, start), Math.min(place + length, start + extent)];
      if (first >= end) return undefined;
      const row = factor.labels[0] as Label;
      const rest = end - first === length ? row : labels.fresh(end - first);
      if (rest !== row) further.push({ from: row, to: rest, start: first - place, extent: end - first });
      factors.push({ expr: placementOf(first - start, end - first, extent, expr.dtype), labels: [rest, to] });
    }
  }
  // Where the cut goes through a part of a concatenation, so does one through what lies there.
  let result: Term | undefined = { scale: term.scale, factors };
  for (const next of further) result = result && cutTerm(result, next, labels);
  return result;
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

/** Writes placements that are left as padding of the factor that has their rows. */
export function padPlaced(term: Term): Term {
  let { factors } = term;
  for (const place of term.factors.filter((factor) => factor.expr.operation === placement)) {
    const [row, column] = place.labels as readonly [Label, Label];
    const { start } = place.expr.attributes as { start: number };
    const total = place.expr.shape[1] as number;
    const others = factors.filter((factor) => factor !== place);
    if (!others.some(({ labels }) => labels.includes(row))) return bug('a placement without a part');
    factors = others.map((factor) => {
      const axis = factor.labels.indexOf(row);
      if (axis < 0) return factor;
      const expr = onRows(factor.expr, axis, (x, at) => pad(x, at, start, total));
      return { expr, labels: factor.labels.map((label) => (label === row ? column : label)) };
    });
  }
  return { scale: term.scale, factors };
}
