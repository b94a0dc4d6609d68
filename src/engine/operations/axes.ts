/**
 * The iteration of a product of two operands: its axes sorted into batch (in a, b and the result), rows m (a and the
 * result), columns n (b and the result) and summed k (a and b), those that lie one within the other merged.
 */

import { BYTES } from '../dtype.ts';
import { type Count, count, once, type Pointer, rows, type View } from '../lowering.ts';

/** Most examples a tile can hold; scratch is sized for it. */
export const TILE_EXAMPLES = 64;

/** The operand whose steps along an axis are named by an index (1: a, 2: b, 3: the result), and where the index lies. */
export interface IndexedStep {
  readonly operand: 1 | 2 | 3;
  readonly pointer: Pointer;
}

/** One axis of the iteration: how often, and the byte strides in a, b and the result (undefined where absent). */
export interface Axis {
  readonly count: Count;
  readonly a: number | undefined;
  readonly b: number | undefined;
  readonly c: number | undefined;
  readonly indexed?: IndexedStep;
}

export const SINGLE: Axis = { count: once, a: 0, b: 0, c: 0 };

/** BLAS-like names for the four kinds of axes. */
export interface Kinds {
  readonly batch: Axis[];
  readonly m: Axis[];
  readonly n: Axis[];
  readonly k: Axis[];
}

/** A sum of products to be lowered: the pattern, its operands as they stand, and the view its result is written to. */
export interface Product {
  readonly spec: string;
  readonly a: View;
  readonly b: View;
  readonly c: View;
  /** Summed over the examples as well. */
  readonly overExamples: boolean;
  /** Added to what the result holds. */
  readonly accumulate: boolean;
}

function byteStride(view: View, labels: string, label: string): number | undefined {
  const axis = labels.indexOf(label);
  return axis < 0 ? undefined : (view.strides[axis] as number) * BYTES[view.dtype];
}

function exampleByteStride(view: View): number | undefined {
  return view.examples ? view.exampleStride * BYTES[view.dtype] : undefined;
}

function exampleAxis({ a, b, c, overExamples }: Product): Axis | undefined {
  if (!a.examples && !b.examples) return undefined;
  const indexed = [a, b, c].findIndex((view) => view.index !== undefined);
  const view = [a, b, c][indexed];
  return {
    count: rows(),
    a: exampleByteStride(a),
    b: exampleByteStride(b),
    c: overExamples ? undefined : exampleByteStride(c),
    ...(view?.index && { indexed: { operand: (indexed + 1) as 1 | 2 | 3, pointer: view.index.pointer } }),
  };
}

/** Sorts the axes of a product. A step through an index is a batch axis: it has no stride to run along. */
export function kindsOf(product: Product): Kinds {
  const [operands, out] = product.spec.split('->') as [string, string];
  const [la, lb] = operands.split(',') as [string, string];
  const { a, b, c } = product;
  const examples = exampleAxis(product);
  const axes = examples === undefined ? [] : [examples];
  for (const label of new Set(out + la + lb)) {
    const owner = la.includes(label) ? a : b;
    const extent = owner.shape[(la.includes(label) ? la : lb).indexOf(label)] as number;
    axes.push({
      count: count(extent),
      a: byteStride(a, la, label),
      b: byteStride(b, lb, label),
      c: byteStride(c, out, label),
    });
  }
  const kinds: Kinds = { batch: [], m: [], n: [], k: [] };
  for (const axis of axes) {
    if (axis.count.factor === 1 && !axis.count.rows) continue;
    if (axis.indexed !== undefined) kinds.batch.push(axis);
    else if (axis.c === undefined) kinds.k.push(axis);
    else if (axis.a === undefined) kinds.n.push(axis);
    else if (axis.b === undefined) kinds.m.push(axis);
    else kinds.batch.push(axis);
  }
  return { batch: merge(kinds.batch), m: merge(kinds.m), n: merge(kinds.n), k: merge(kinds.k) };
}

/** Merges neighbours of which the outer one steps exactly over the whole inner one, in every operand. */
function merge(axes: readonly Axis[]): Axis[] {
  const merged: Axis[] = [];
  for (const axis of axes) {
    const outer = merged[merged.length - 1];
    const within = (o: number | undefined, i: number | undefined): boolean =>
      o === undefined ? i === undefined : i !== undefined && o === i * axis.count.factor;
    if (
      outer !== undefined &&
      outer.indexed === undefined &&
      !axis.count.rows &&
      within(outer.a, axis.a) &&
      within(outer.b, axis.b) &&
      within(outer.c, axis.c)
    ) {
      const factor = outer.count.factor * axis.count.factor;
      merged[merged.length - 1] = { ...axis, count: { factor, rows: outer.count.rows } };
    } else {
      merged.push(axis);
    }
  }
  return merged;
}

/** An axis with the operands in each other's place. */
export function swapAxis(axis: Axis): Axis {
  const { indexed } = axis;
  return {
    ...axis,
    a: axis.b,
    b: axis.a,
    ...(indexed !== undefined &&
      indexed.operand !== 3 && { indexed: { ...indexed, operand: indexed.operand === 1 ? 2 : 1 } }),
  };
}

/** The same product with its operands in each other's place. */
export function swapOperands({ batch, m, n, k }: Kinds): Kinds {
  return { batch: batch.map(swapAxis), m: n.map(swapAxis), n: m.map(swapAxis), k: k.map(swapAxis) };
}

/** Takes the axis that the kernel itself runs over (the innermost, or the examples for rows); the others become loops. */
export function chooseRows(axes: Axis[]): { axis: Axis; loops: Axis[] } {
  const chosen = axes.find((axis) => axis.count.rows) ?? axes[axes.length - 1];
  return { axis: chosen ?? SINGLE, loops: axes.filter((axis) => axis !== chosen) };
}

export function chooseInnermost(axes: Axis[]): { axis: Axis; loops: Axis[] } {
  return { axis: axes[axes.length - 1] ?? SINGLE, loops: axes.slice(0, -1) };
}

/** Most iterations a count can stand for. */
export function largest(counted: Count): number {
  return counted.factor * (counted.rows ? TILE_EXAMPLES : 1);
}
