/**
 * What an expression means, computed in f64 from nested arrays by naive loops, one example at a time. It knows the
 * operations by name and nothing of layouts, tiles, plans or kernels: the oracle for all of them.
 */

import type { Expr } from '../../src/engine/index.ts';
import { at, build, flatten, indices, type Nested, unflatten } from './nested.ts';
import { scalarFunctions } from './scalar-functions.ts';

export interface Surroundings {
  /** Parameters and settings by name. */
  readonly values: ReadonlyMap<string, Nested>;
  /** Rows of the data set's columns by name. */
  readonly columns: ReadonlyMap<string, readonly Nested[]>;
  /** The examples of the run. */
  readonly order: ArrayLike<number>;
}

type Read = (input: number) => Nested;
type Rule = (node: Expr, read: Read) => Nested;

/** The index of the element of a value of this shape that is broadcast to an index. */
function aligned(shape: readonly number[], index: readonly number[]): number[] {
  return shape.map((extent, axis) => (extent === 1 ? 0 : index[index.length - shape.length + axis]));
}

function largestIndex(values: readonly number[]): number {
  let best = 0;
  for (const [i, value] of values.entries()) if (value > values[best]) best = i;
  return best;
}

function broadcast(node: Expr, read: Read): Nested {
  const { shape } = node.inputs[0];
  const x = read(0);
  return build(node.shape, (index) => at(x, aligned(shape, index)));
}

/** Each row along an axis as an array, by the index of what is left of it. */
function rows(node: Expr, read: Read, axis: number): (index: readonly number[]) => number[] {
  const x = read(0);
  const extent = node.inputs[0].shape[axis];
  return (index) =>
    Array.from({ length: extent }, (_, i) => at(x, [...index.slice(0, axis), i, ...index.slice(axis)]));
}

function contraction(node: Expr, read: Read): Nested {
  const [, la, lb, out] = /^(.*),(.*)->(.*)$/.exec(String(node.attributes.spec)) as string[];
  const [a, b] = [read(0), read(1)];
  const extents = new Map<string, number>();
  for (const [axis, label] of [...la].entries()) extents.set(label, node.inputs[0].shape[axis]);
  for (const [axis, label] of [...lb].entries()) extents.set(label, node.inputs[1].shape[axis]);
  const summed = [...new Set(la + lb)].filter((label) => !out.includes(label));
  const choices = indices(summed.map((label) => extents.get(label) as number));
  return build(node.shape, (index) => {
    let total = 0;
    for (const choice of choices) {
      const place = (label: string) =>
        out.includes(label) ? index[out.indexOf(label)] : choice[summed.indexOf(label)];
      total += at(a, [...la].map(place)) * at(b, [...lb].map(place));
    }
    return total;
  });
}

function scatter(node: Expr, read: Read): Nested {
  const rank = node.inputs[0].shape.length;
  const [index, values] = [read(0), read(1)];
  const places = indices(node.inputs[0].shape);
  return build(node.shape, ([row, ...rest]) =>
    places
      .filter((place) => at(index, place.slice(0, rank)) === row)
      .reduce((total, place) => total + at(values, [...place, ...rest]), 0),
  );
}

function logSumExp(row: readonly number[]): number {
  const top = Math.max(...row);
  return top + Math.log(row.reduce((total, x) => total + Math.exp(x - top), 0));
}

function attribute<T>(node: Expr, name: string): T {
  return node.attributes[name] as T;
}

const rules: Record<string, Rule> = {
  broadcast,
  broadcastExamples: (_, read) => read(0),
  stopGradient: (_, read) => read(0),
  sumExamples: (_, read) => read(0),
  einsum: contraction,
  einsumOverExamples: contraction,
  scatterAdd: scatter,
  sum(node, read) {
    const row = rows(node, read, attribute(node, 'axis'));
    return build(node.shape, (index) => row(index).reduce((total, x) => total + x, 0));
  },
  max(node, read) {
    const row = rows(node, read, attribute(node, 'axis'));
    return build(node.shape, (index) => Math.max(...row(index)));
  },
  softmax(node, read) {
    const row = rows(node, read, node.shape.length - 1);
    return build(node.shape, (index) => {
      const all = row(index.slice(0, -1));
      return Math.exp(all[index[index.length - 1]] - logSumExp(all));
    });
  },
  logSoftmax(node, read) {
    const row = rows(node, read, node.shape.length - 1);
    return build(node.shape, (index) => {
      const all = row(index.slice(0, -1));
      return all[index[index.length - 1]] - logSumExp(all);
    });
  },
  argmax(node, read) {
    const row = rows(node, read, node.inputs[0].shape.length - 1);
    return build(node.shape, (index) => largestIndex(row(index)));
  },
  cast(node, read) {
    const x = read(0);
    const convert = node.dtype === 'i32' ? Math.trunc : node.dtype === 'f32' ? Math.fround : Number;
    return build(node.shape, (index) => convert(at(x, index)));
  },
  reshape: (node, read) => unflatten(flatten(read(0)), node.shape),
  permute(node, read) {
    const axes = attribute<number[]>(node, 'axes');
    const x = read(0);
    return build(node.shape, (index) =>
      at(
        x,
        axes.map((_, axis) => index[axes.indexOf(axis)]),
      ),
    );
  },
  slice(node, read) {
    const [axis, start] = [attribute<number>(node, 'axis'), attribute<number>(node, 'start')];
    const x = read(0);
    return build(node.shape, (index) =>
      at(
        x,
        index.map((i, n) => (n === axis ? i + start : i)),
      ),
    );
  },
  pad(node, read) {
    const [axis, start] = [attribute<number>(node, 'axis'), attribute<number>(node, 'start')];
    const stop = start + node.inputs[0].shape[axis];
    const x = read(0);
    return build(node.shape, (index) =>
      index[axis] < start || index[axis] >= stop
        ? 0
        : at(
            x,
            index.map((i, n) => (n === axis ? i - start : i)),
          ),
    );
  },
  concat(node, read) {
    const axis = attribute<number>(node, 'axis');
    const parts = node.inputs.map((_, i) => read(i));
    return build(node.shape, (index) => {
      let start = 0;
      let part = 0;
      while (index[axis] - start >= node.inputs[part].shape[axis]) start += node.inputs[part++].shape[axis];
      return at(
        parts[part],
        index.map((i, n) => (n === axis ? i - start : i)),
      );
    });
  },
  gather(node, read) {
    const [table, index] = [read(0), read(1)];
    const rank = node.inputs[1].shape.length;
    return build(node.shape, (place) => at(table, [at(index, place.slice(0, rank)), ...place.slice(rank)]));
  },
  take(node, read) {
    const [x, index] = [read(0), read(1)];
    return build(node.shape, (place) => at(x, [...place, at(index, place)]));
  },
  place(node, read) {
    const [values, index] = [read(0), read(1)];
    return build(node.shape, (whole) => {
      const place = whole.slice(0, -1);
      return at(index, place) === whole[whole.length - 1] ? at(values, place) : 0;
    });
  },
};

function elementwise(node: Expr, read: Read): Nested {
  const apply = scalarFunctions(node.dtype)[node.operation.name];
  if (apply === undefined) throw new Error(`the oracle knows no operation ${node.operation.name}`);
  const inputs = node.inputs.map((input, i) => ({ shape: input.shape, value: read(i) }));
  return build(node.shape, (index) =>
    apply(...inputs.map(({ shape, value }) => at(value, aligned(shape, index)))),
  );
}

const overExamples = ['sumExamples', 'einsumOverExamples', 'scatterAdd'];

/** A function from expressions to their values: one, or with the example axis one for each example of the run. */
export function evaluator(surroundings: Surroundings): (node: Expr) => Nested | Nested[] {
  const { order } = surroundings;
  const single = new Map<Expr, Nested>();
  const each = new Map<Expr, Nested[]>();

  function leaf(node: Expr, example: number): Nested | undefined {
    const { name, value } = node.attributes;
    if (node.operation.name === 'constant') {
      return typeof value === 'number'
        ? build(node.shape, () => value)
        : unflatten(value as number[], node.shape);
    }
    if (!['parameter', 'input'].includes(node.operation.name)) return undefined;
    if (name === 'exampleCount') return order.length;
    const known = node.examples
      ? surroundings.columns.get(String(name))?.[example]
      : surroundings.values.get(String(name));
    if (known === undefined) throw new Error(`the oracle was given no ${node.operation.name} ${name}`);
    return known;
  }

  function one(node: Expr, slot: number): Nested {
    const read: Read = (i) =>
      node.inputs[i].examples ? rowsOf(node.inputs[i])[slot] : singleOf(node.inputs[i]);
    return leaf(node, order[slot]) ?? (rules[node.operation.name] ?? elementwise)(node, read);
  }

  function rowsOf(node: Expr): Nested[] {
    const known = each.get(node) ?? Array.from({ length: order.length }, (_, slot) => one(node, slot));
    each.set(node, known);
    return known;
  }

  function singleOf(node: Expr): Nested {
    const known = single.get(node);
    if (known !== undefined) return known;
    let value: Nested;
    if (overExamples.includes(node.operation.name) && node.inputs.some((input) => input.examples)) {
      const parts = Array.from({ length: order.length }, (_, slot) => flatten(one(node, slot)));
      const size = node.shape.reduce((a, b) => a * b, 1);
      const totals = Array.from({ length: size }, (_, i) =>
        parts.reduce((total, part) => total + part[i], 0),
      );
      value = unflatten(totals, node.shape);
    } else {
      value = one(node, 0);
    }
    single.set(node, value);
    return value;
  }

  return (node) => (node.examples ? rowsOf(node) : singleOf(node));
}
