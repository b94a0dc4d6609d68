/** Random models: networks of lookups, linear maps and nonlinear functions over a small alphabet, for what factoring promises. */

import fc from 'fast-check';
import type { Expr } from '../../src/engine/index.ts';
import * as g from '../../src/engine/index.ts';
import type { Scene } from './scene.ts';

/** Each step takes one operation, its operands and its choices by number, from whatever fits. */
export type ModelRecipe = readonly (readonly [
  operation: number,
  first: number,
  second: number,
  choice: number,
])[];

export const modelRecipes: fc.Arbitrary<ModelRecipe> = fc.noBias(
  fc.array(fc.tuple(fc.nat(999), fc.nat(999), fc.nat(999), fc.nat(99999)), {
    minLength: 4,
    maxLength: 14,
    size: 'max',
  }),
);

/** Rows of every table and the bound of every index. */
export const ALPHABET = 4;
const LARGEST = 120;

export interface RandomModel {
  readonly parameters: Expr[];
  /** The last values made; each has the example axis. */
  readonly outputs: Expr[];
}

/** What a step may use besides its operands. */
interface Surroundings {
  /** A new parameter of the model. */
  readonly weights: (shape: readonly number[]) => Expr;
  /** Indices of shape [], and one of shape [2]. */
  readonly indices: readonly Expr[];
}

type Step = (a: Expr, b: Expr, choice: number, around: Surroundings) => Expr | undefined;

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
  (operation: (a: Expr, axis: number, choice: number) => Expr): Step =>
  (a, _, choice) =>
    a.shape.length > 0
      ? operation(a, choice % a.shape.length, Math.floor(choice / a.shape.length))
      : undefined;

const letters = (count: number, from = 0): string => 'abcdefghijklmnop'.slice(from, from + count);

/** A linear map of one axis, to up to three new axes, by a new parameter. */
const linear: Step = (a, _, choice, { weights }) => {
  if (a.shape.length === 0) return undefined;
  const axis = choice % a.shape.length;
  const made = [[5], [2], [2, 3], [1, 4], []][Math.floor(choice / 7) % 5] as number[];
  const own = letters(a.shape.length);
  const fresh = letters(made.length, 8);
  const map = weights([a.shape[axis] as number, ...made]);
  const kept = own.replace(own[axis] as string, '');
  const out = choice % 2 === 0 ? kept + fresh : fresh + kept;
  return g.mul(g.einsum(`${own},${own[axis]}${fresh}->${out}`, a, map), 0.5);
};

/** Two values of equal axes somewhere, multiplied: each shared axis kept or summed. */
const contracted: Step = (a, b, choice) => {
  const own = letters(a.shape.length);
  let free = own;
  let other = '';
  for (const [axis, extent] of b.shape.entries()) {
    const shared = [...free].find((letter) => a.shape[own.indexOf(letter)] === extent);
    if (shared !== undefined) free = free.replace(shared, '');
    other += shared ?? letters(1, 8 + axis);
  }
  const out = [...new Set(own + other)].filter(
    (letter, i) => !(own.includes(letter) && other.includes(letter)) || ((choice >> i) & 1) === 0,
  );
  if (choice % 3 === 0) out.reverse();
  return g.mul(g.einsum(`${own},${other}->${out.join('')}`, a, b), 0.5);
};

const add = pair((a, b) => g.add(a, b));

const seldom: readonly Step[] = [
  pair((a, b) => g.sub(a, b)),
  pair((a, b) => g.mul(a, b)),
  (a, b) => g.mul(a, g.mul(g.tanh(g.sum(b)), 0.5)),
  (a, _, choice) => g.mul(a, ((choice % 7) - 3) / 2),
  (a, _, choice) => g.div(a, (choice % 3) + 2),
  (a) => g.neg(a),
  (a) => g.tanh(a),
  (a) => g.sin(a),
  (a) => g.exp(g.neg(g.square(a))),
  onAxes((a) => g.softmax(a)),
  onAxes((a) => g.mul(g.logSoftmax(a), 0.25)),
  onAxes((a, axis, choice) => {
    const extent = a.shape[axis] as number;
    const start = choice % extent;
    return g.slice(a, axis, start, start + 1 + (choice % (extent - start)));
  }),
  (a, b, choice) => {
    const axis = choice % Math.max(1, a.shape.length);
    const others = (x: Expr): string => x.shape.filter((_, i) => i !== axis).join();
    const fit = a.shape.length > 0 && a.shape.length === b.shape.length && others(a) === others(b);
    return fit ? g.concat(choice % 5 === 0 ? [a, b, a] : [a, b], axis) : undefined;
  },
  onAxes((a, axis, choice) => g.sum(a, axis, choice % 2 === 0)),
  onAxes((a, axis, choice) => g.mean(a, axis, choice % 2 === 0)),
  onAxes((a) => g.reshape(a, [g.sizeOf(a.shape)])),
  (a, _, choice) => g.reshape(a, a.shape.toSpliced(choice % (a.shape.length + 1), 0, 1)),
  (a) =>
    g.reshape(
      a,
      a.shape.filter((extent) => extent !== 1),
    ),
  onAxes((a) => g.permute(a, [...a.shape.keys()].reverse())),
  (a, _, choice, { indices }) =>
    !a.examples && a.shape[0] === ALPHABET
      ? g.gather(a, indices[choice % indices.length] as Expr)
      : undefined,
  (_a, _b, choice, { indices, weights }) =>
    g.gather(
      weights([ALPHABET, ...[[3], [4], [2, 3], []][choice % 4]]),
      indices[(choice >> 2) % indices.length],
    ),
  (_a, _b, choice, { indices }) => g.oneHot(indices[choice % indices.length] as Expr, ALPHABET, 'f64'),
  (_a, _b, choice) => g.constant([1, 0, -0.5, 2].slice(0, (choice % 4) + 1), [(choice % 4) + 1], 'f64'),
];

/** Most of a network is linear. */
const often: readonly Step[] = [add, linear, linear, contracted];

/** Follows a recipe on a scene's parameters and columns. */
export function randomModel(scene: Scene, recipe: ModelRecipe): RandomModel {
  const parameters: Expr[] = [];
  const weights = (shape: readonly number[]): Expr => {
    const made = scene.parameter(shape);
    parameters.push(made);
    return made;
  };
  const indices = [[], [], [2]].map((shape) => scene.column(shape, 'i32', { bound: ALPHABET }));
  const tables = [weights([ALPHABET, 3]), weights([ALPHABET, 2, 3])];
  const pool: Expr[] = [
    scene.column([3]),
    weights([3]),
    ...tables,
    g.gather(tables[1] as Expr, indices[1] as Expr),
    ...indices.map((index) => g.gather(tables[0] as Expr, index)).reverse(),
  ];
  const made: Expr[] = [];
  for (const [operation, first, second, choice] of recipe) {
    const [a, b] = [pool[pool.length - 1 - (first % 2)], pool[second % pool.length]];
    const list = operation % 2 === 0 ? often : seldom;
    const step = list[(operation >> 1) % list.length] as Step;
    const node = step(a as Expr, b as Expr, choice, { weights, indices });
    if (node === undefined || node.shape.length > 5 || g.sizeOf(node.shape) > LARGEST) continue;
    pool.push(node);
    made.push(node);
  }
  const last = made.slice(-2);
  return { parameters, outputs: (last.length > 0 ? last : pool.slice(-1)).map(g.broadcastExamples) };
}
