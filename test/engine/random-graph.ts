/** Random graphs of compatible operations, for properties that hold of every graph. */

import fc from 'fast-check';
import type { Expr } from '../../src/engine/index.ts';
import * as g from '../../src/engine/index.ts';
import type { Scene } from './scene.ts';

/** Each step takes one operation and its operands by number, from whatever fits. */
export type Recipe = readonly (readonly [operation: number, first: number, second: number])[];

export const recipes: fc.Arbitrary<Recipe> = fc.array(fc.tuple(fc.nat(999), fc.nat(999), fc.nat(999)), {
  minLength: 3,
  maxLength: 14,
});

type Step = (a: Expr, b: Expr, n: number) => Expr | undefined;

const last = (x: Expr): number => x.shape[x.shape.length - 1] ?? 0;

function broadcasts(a: Expr, b: Expr): boolean {
  const rank = Math.max(a.shape.length, b.shape.length);
  return Array.from({ length: rank }, (_, i) => [a.shape.at(-1 - i) ?? 1, b.shape.at(-1 - i) ?? 1]).every(
    ([x, y]) => x === y || x === 1 || y === 1,
  );
}

const pair =
  (operation: (a: Expr, b: Expr) => Expr): Step =>
  (a, b) =>
    broadcasts(a, b) ? operation(a, b) : undefined;

const onAxes =
  (operation: (a: Expr, n: number) => Expr): Step =>
  (a, _, n) =>
    a.shape.length > 0 ? operation(a, n) : undefined;

/** Bounded and smooth, so that differences of nearby values mean something. */
const smooth: Step[] = [
  pair((a, b) => g.mul(g.add(a, b), 0.5)),
  pair((a, b) => g.mul(g.sub(a, b), 0.5)),
  pair((a, b) => g.tanh(g.mul(a, b))),
  pair((a, b) => g.div(a, g.add(g.square(b), 1))),
  (a) => g.sin(a),
  (a) => g.cos(g.mul(a, 0.7)),
  (a) => g.tanh(a),
  (a) => g.erf(a),
  (a) => g.exp(g.neg(g.square(a))),
  (a) => g.log(g.add(g.square(a), 1.5)),
  (a) => g.sqrt(g.add(g.square(a), 0.5)),
  (a) => g.reciprocal(g.add(g.square(a), 2)),
  onAxes((a) => g.softmax(a)),
  onAxes((a) => g.mul(g.logSoftmax(a), 0.5)),
  onAxes((a, n) => g.mean(a, n % a.shape.length, n % 2 === 0)),
  onAxes((a, n) => g.tanh(g.sum(a, n % a.shape.length))),
  onAxes((a, n) => g.slice(a, n % a.shape.length, 0, Math.ceil((a.shape[n % a.shape.length] as number) / 2))),
  onAxes((a, n) => g.pad(a, n % a.shape.length, 1, (a.shape[n % a.shape.length] as number) + 2)),
  onAxes((a) => g.permute(a, [...a.shape.keys()].reverse())),
  onAxes((a) => g.reshape(a, [g.sizeOf(a.shape)])),
  onAxes((a) => g.concat([a, a], a.shape.length - 1)),
  (a, b) =>
    a.shape.length === 2 && b.shape.length === 2 && last(a) === last(b)
      ? g.tanh(g.einsum('ij,kj->ki', a, b))
      : undefined,
  (a, b) =>
    a.shape.length === 1 && b.shape.length === 2 && last(a) === last(b)
      ? g.tanh(g.einsum('j,ij->i', a, b))
      : undefined,
  (a, b) =>
    a.shape.length === 1 && b.shape.length === 1 ? g.einsum('i,j->ij', g.tanh(a), g.sin(b)) : undefined,
  (a, b) => (a.examples && b.examples && broadcasts(a, b) ? g.tanh(g.meanExamples(g.mul(a, b))) : undefined),
  (a) => (a.examples ? g.meanExamples(a) : g.broadcastExamples(a)),
  (a, b) =>
    a.examples && b.examples && a.shape.length === 1 && b.shape.length === 1
      ? g.tanh(g.einsumOverExamples('i,j->ji', g.sin(a), b))
      : undefined,
];

const rough: Step[] = [
  (a) => g.relu(a),
  (a) => g.abs(g.sub(a, 0.1)),
  (a) => g.add(g.step(g.sub(a, 0.21)), g.sign(a)),
  pair(g.maximum),
  pair(g.minimum),
  pair((a, b) => g.select(g.greater(a, 0.37), b, a)),
  onAxes((a, n) => g.max(a, n % a.shape.length)),
  onAxes((a) => g.place(g.take(a, g.argmax(a)), g.argmax(a), last(a))),
];

/** Rows of tables by one index or another, products with them and sums into them. */
function tableSteps(indices: readonly Expr[], rows: number): Step[] {
  const isTable = (x: Expr): boolean => !x.examples && x.shape.length > 1 && x.shape[0] >= rows;
  const index = (n: number): Expr => indices[n % indices.length];
  return [
    (a, _, n) => (isTable(a) ? g.tanh(g.gather(a, index(n))) : undefined),
    (a, b, n) =>
      isTable(a) && a.shape.length === 2 && b.shape.length === 1 && last(a) === last(b)
        ? g.tanh(g.einsum('i,i->', g.gather(a, index(n)), b))
        : undefined,
    (a, b, n) =>
      isTable(a) && a.shape.length === 2 && b.examples && b.shape.length === 1
        ? g.tanh(g.add(g.einsum(',i->i', g.sum(b), g.gather(a, index(n))), g.gather(a, index(n + 1))))
        : undefined,
    (a, b, n) =>
      a.examples && b.examples && a.shape.length === 1 && b.shape.length === 1
        ? g.tanh(
            g.add(
              g.scatterAdd(index(n), g.einsum('i,j->ij', g.sin(a), b), rows),
              g.scatterAdd(index(n + 1), g.einsum('i,j->ij', a, g.cos(b)), rows),
            ),
          )
        : undefined,
    (a, b) =>
      a.shape.length === 2 && b.shape.length === 2 && last(a) === last(b)
        ? g.tanh(g.add(g.einsum('ij,kj->ik', a, b), g.einsum('ij,kj->ik', g.sin(a), g.cos(b))))
        : undefined,
  ];
}

export interface RandomGraph {
  readonly parameters: Expr[];
  /** All nodes that the recipe made, in order. */
  readonly made: Expr[];
  /** A scalar that every node made has a part in. */
  readonly loss: Expr;
}

const LARGEST = 200;

/** Follows a recipe on a scene's parameters and columns. */
export function follow(
  scene: Scene,
  recipe: Recipe,
  kind: 'smooth' | 'rough',
  dtype: g.Dtype = 'f64',
): RandomGraph {
  const parameters = [[3], [2, 3], [], [9], [2, 2, 9]].map((shape) => scene.parameter(shape, dtype));
  const [index, other] = [scene.column([], 'i32', { bound: 2 }), scene.column([], 'i32', { bound: 2 })];
  const pool: Expr[] = [
    ...parameters,
    scene.column([3], dtype),
    scene.column([2, 3], dtype),
    scene.column([], dtype),
    g.gather(parameters[1], index),
    g.einsum('kn,k->n', g.gather(parameters[4], other), scene.column([2], dtype)),
  ];
  const always = [...smooth, ...tableSteps([index, other], 2)];
  const steps = kind === 'smooth' ? always : [...always, ...rough];
  const made: Expr[] = [];
  for (const [operation, first, second] of recipe) {
    const [a, b] = [pool[pool.length - 1 - (first % pool.length)], pool[second % pool.length]];
    const node = steps[operation % steps.length](a, b, first + second);
    if (node === undefined || g.sizeOf(node.shape) > LARGEST) continue;
    pool.push(node);
    made.push(node);
  }
  const parts = [...made, ...pool.slice(0, 10)].map((node) => {
    const total = g.sum(g.sin(node));
    return node.examples ? g.meanExamples(total) : total;
  });
  return { parameters, made, loss: parts.reduce((a, b) => g.add(a, b)) };
}
