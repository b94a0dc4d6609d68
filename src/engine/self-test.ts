/**
 * A self-test of the kernels: one graph in which every kernel takes part, on fixed numbers, against hashes recorded on
 * another host (self-test-answers.ts). It is run where the engine's host may compile them in an unusual way.
 */

import type { Dtype } from './dtype.ts';
import type { Expr } from './expression.ts';
import { allocateValues, type Values } from './layout.ts';
import * as a from './operations/arithmetic.ts';
import { broadcastTo, sum, sumExamples } from './operations/broadcast.ts';
import { cast } from './operations/cast.ts';
import { cholesky, gramFactor } from './operations/cholesky.ts';
import { dropoutMask } from './operations/dropout.ts';
import { einsum, einsumOverExamples, matmul } from './operations/einsum.ts';
import * as f from './operations/functions.ts';
import { gather, scatterAdd } from './operations/gather.ts';
import { groupedShape, scatterProducts, sumRows, turnGroups } from './operations/grouped.ts';
import { constant, input, parameter } from './operations/leaf.ts';
import { max } from './operations/maximum-axis.ts';
import { permute, reshape } from './operations/reshape.ts';
import { concat, pad, slice } from './operations/slice.ts';
import { logSoftmax, softmax } from './operations/softmax.ts';
import { BACKWARD, FORWARD, solveFactored, substituted } from './operations/substitute.ts';
import { syrk } from './operations/syrk.ts';
import { argmax, place, take } from './operations/take.ts';
import { factorOfLower } from './operations/triangles.ts';
import { uniform } from './operations/uniform.ts';
import type { Graph } from './plan/graph.ts';
import type { Program } from './program.ts';
import { SELF_TEST_ANSWERS } from './self-test-answers.ts';
import { type Shape, sizeOf } from './shape.ts';

/** What the self-test needs of a machine. */
export interface TestedMachine {
  setParameter(node: Expr, values: ArrayLike<number>): void;
  setColumns(
    columns: Readonly<Record<string, Values>>,
    size: number,
    shapes: Readonly<Record<string, Shape>>,
  ): void;
  compile(graph: Graph): Pick<Program, 'run' | 'setSetting' | 'value'>;
}

/** Two tiles, the second one partial, in two lanes. */
const EXAMPLES = 81;
const WIDE = 37;
const NARROW = 25;
const FEW = 5;
const TABLE_ROWS = 7;

interface Leaves {
  readonly parameters: readonly Expr[];
  readonly columns: readonly Expr[];
}

type Float = Exclude<Dtype, 'i32'>;

/** The values that are hashed, by name, and the leaves they are made from. */
function examination(dtype: Float): { outputs: Record<string, Expr> } & Leaves {
  const name = (what: string): string => `${what} ${dtype}`;
  const column = (what: string, shape: Shape): Expr => input(name(what), shape, dtype, { examples: true });
  const [x, y, z] = [column('x', [WIDE]), column('y', [NARROW]), column('z', [FEW, NARROW])];
  const index = input(name('index'), [], 'i32', { examples: true });
  const w = parameter(name('w'), [WIDE, NARROW], dtype);
  const square = parameter(name('square'), [WIDE, WIDE], dtype);
  const table = parameter(name('table'), [TABLE_ROWS, NARROW], dtype);
  const row = parameter(name('row'), [WIDE], dtype);
  const size = f.abs(x);
  const elementwise: Record<string, Expr> = {
    add: a.add(x, row),
    sub: a.sub(x, row),
    mul: a.mul(row, x),
    div: a.div(x, row),
    maximum: a.maximum(x, row),
    minimum: a.minimum(x, row),
    greater: a.greater(x, row),
    equal: a.equal(f.sign(x), f.sign(row)),
    select: a.select(a.greater(x, row), x, row),
    neg: a.neg(x),
    abs: size,
    sqrt: f.sqrt(size),
    square: f.square(x),
    reciprocal: f.reciprocal(x),
    relu: f.relu(x),
    step: f.step(x),
    sign: f.sign(x),
    exp: f.exp(x),
    log: f.log(size),
    tanh: f.tanh(x),
    erf: f.erf(x),
    sin: f.sin(x),
    cos: f.cos(x),
    zeroBelow: a.zeroBelow(x, 0.5),
    mulAdd: a.mulAdd(x, row, x),
    broadcast: a.add(a.mul(sum(x, 0), row), 1),
    dropout: a.mul(dropoutMask([WIDE], 0.25, 'self-test', dtype), x),
    uniform: uniform([WIDE], 'self-test', dtype),
    cast: cast(cast(a.mul(x, 8), 'i32'), dtype),
  };
  const products = matmul(x, w);
  const best = argmax(products);
  const [mixed, rows] = [einsum('ij,j->i', z, y), matmul(z, permute(w, [1, 0]))];
  // Long enough for a product that skips zeros.
  const rectified = f.relu(reshape(z, [FEW * NARROW]));
  const both = concat([square, w], 1);
  const skipping = matmul(rectified, slice(concat([both, both, both, both], 0), 0, 0, FEW * NARROW));
  const perExample: Record<string, Expr> = {
    products,
    mixed,
    rows,
    outer: einsum('i,j->ij', y, x),
    reading: einsum('ij,i->j', z, slice(y, 0, 0, FEW)),
    paired: einsum('ij,ij->j', z, z),
    softmax: softmax(products),
    logSoftmax: logSoftmax(products),
    gather: gather(table, index),
    take: take(products, best),
    place: place(take(products, best), best, NARROW),
    max: max(products, 0),
    sumFirst: sum(z, 0),
    sumLast: sum(z, 1),
    maxFirst: max(z, 0),
    pad: pad(y, 0, 3, WIDE),
    concat: concat([products, slice(x, 0, 2, 11)], 0),
    ints: cast(a.add(a.mul(index, 3), best), dtype),
    skipping,
  };
  // Enough rows for blocks of a factor beside the diagonal; they come twice, so that only the ridge keeps them apart.
  const tall = concat([square, square], 0);
  const lower = cholesky(einsum('ij,kj->ik', square, square), 4);
  const triangle = factorOfLower(lower);
  const numbers = reshape(square, [WIDE * WIDE]);
  const inGroups = (rows: number, groups: number): Expr => {
    const shape = groupedShape(rows, groups, dtype);
    return reshape(slice(numbers, 0, 0, sizeOf(shape)), shape);
  };
  const named = constant(
    Array.from({ length: 2 * NARROW }, (_, i) => (i * 5) % (2 * TABLE_ROWS)),
    [NARROW, 2],
    'i32',
  );
  const rowSums = sumRows(inGroups(2 * TABLE_ROWS, 64), named, false);
  const scattered = {
    a: slice(slice(w, 0, 0, NARROW), 1, 0, FEW),
    b: inGroups(FEW, 64),
    gate: rowSums,
    index: named,
    rows: 2 * TABLE_ROWS,
  };
  const outputs: Record<string, Expr> = {
    overExamples: einsumOverExamples('i,j->ij', x, y),
    overFew: einsumOverExamples('i,j->ij', mixed, x),
    overRows: einsumOverExamples('ij,ik->jk', z, rows),
    scatter: scatterAdd(index, y, TABLE_ROWS),
    parameters: matmul(square, w),
    transposed: einsum('ji,kj->ik', w, square),
    few: matmul(slice(square, 1, 0, FEW), slice(w, 0, 0, FEW)),
    strided: matmul(w, slice(permute(w, [1, 0]), 1, 0, 3)),
    vector: einsum('i,ij->j', row, w),
    broadcastSum: sum(a.mul(broadcastTo(row, [FEW, WIDE]), 2), 0),
    rectifiedOver: einsumOverExamples('i,j->ij', rectified, skipping),
    syrk: syrk(tall),
    cholesky: lower,
    factored: solveFactored(gramFactor(tall, 4), concat([w, w], 0)),
    triangular: substituted(FORWARD, triangle, w),
    sumRows: sumRows(inGroups(2 * TABLE_ROWS, 64), named, true),
    turnGroups: turnGroups(rowSums),
    keptProducts: scatterProducts({ ...scattered, gating: 'keep' }),
    scaledProducts: scatterProducts({ ...scattered, gating: 'scale' }),
    transposedTriangular: substituted(BACKWARD, triangle, slice(w, 1, 0, FEW)),
  };
  for (const [key, node] of Object.entries({ ...elementwise, ...perExample })) {
    outputs[key] = sumExamples(node);
  }
  const byName = Object.fromEntries(Object.entries(outputs).map(([key, node]) => [name(key), node]));
  return { outputs: byName, parameters: [w, square, table, row], columns: [x, y, z, index] };
}

/** The graph of the self-test: every kernel in every dtype it has. */
export function selfTestGraph(): Graph & Leaves {
  const [single, double] = [examination('f32'), examination('f64')];
  return {
    outputs: { ...single.outputs, ...double.outputs },
    parameters: [...single.parameters, ...double.parameters],
    columns: [...single.columns, ...double.columns],
  };
}

/** FNV-1a of the bits, 32-bit words in the memory's order. */
function hash(values: Values): number {
  const words = new Uint32Array(values.buffer);
  let state = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) state = Math.imul(state ^ (words[i] as number), 0x01000193);
  return state >>> 0;
}

/** Numbers in [−2, 2) by a linear congruential generator (Numerical Recipes): chance is of no matter here, time is. */
function numberSource(): (values: Values) => Values {
  let state = 1;
  return (values) => {
    for (let i = 0; i < values.length; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      values[i] = (state >> 8) / 2 ** 22;
    }
    return values;
  };
}

/** Prepares the self-test on a machine of its own; each call of the result runs it and hashes what came out, by name. */
export function openSelfTest(machine: TestedMachine): () => Record<string, number> {
  const graph = selfTestGraph();
  const fill = numberSource();
  for (const node of graph.parameters)
    machine.setParameter(node, fill(allocateValues(node.dtype, sizeOf(node.shape))));
  const columns: Record<string, Values> = {};
  const shapes: Record<string, Shape> = {};
  for (const { attributes, shape, dtype } of graph.columns) {
    const key = String(attributes.name);
    const values = allocateValues(dtype, EXAMPLES * sizeOf(shape));
    columns[key] = dtype === 'i32' ? values.map((_, i) => (i * 5) % TABLE_ROWS) : fill(values);
    shapes[key] = shape;
  }
  machine.setColumns(columns, EXAMPLES, shapes);
  const program = machine.compile({ outputs: graph.outputs });
  program.setSetting('seed', 1);
  program.setSetting('step', 2);
  const order = Int32Array.from({ length: EXAMPLES }, (_, i) => (i * 7) % EXAMPLES);
  const names = Object.keys(graph.outputs);
  return () => {
    program.run(order);
    return Object.fromEntries(names.map((name) => [name, hash(program.value(name))]));
  };
}

/** Names of what differs from the recorded answers; none when the kernels are right. */
export function faultsOf(found: Readonly<Record<string, number>>): string[] {
  return Object.keys(SELF_TEST_ANSWERS).filter((name) => found[name] !== SELF_TEST_ANSWERS[name]);
}
