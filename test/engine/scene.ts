/** A machine with random parameters and a data set, where expressions are run by the engine and by the oracle. */

import { expect } from 'vitest';
import {
  type Dtype,
  type Expr,
  input,
  type KernelMode,
  Machine,
  parameter,
  type Shape,
  sizeOf,
  type Values,
} from '../../src/engine/index.ts';
import { Stream } from '../../src/engine/philox.ts';
import { evaluator } from '../oracles/evaluate.ts';
import { flatten, type Nested, unflatten } from '../oracles/nested.ts';

const ARRAYS = { f32: Float32Array, f64: Float64Array, i32: Int32Array };

/** Largest error allowed, of the largest element that is expected (or of 1). */
export const TOLERANCE: Record<Dtype, number> = { f64: 1e-12, f32: 4e-6, i32: 0 };

export interface SceneOptions {
  readonly kernels?: 'auto' | KernelMode;
  readonly threads?: number;
  readonly seed?: number;
  /** Rows of the data set. */
  readonly rows?: number;
  /** Numbers are drawn evenly from this range. */
  readonly range?: readonly [number, number];
}

export class Scene {
  readonly machine: Machine;
  readonly rows: number;
  readonly #stream: Stream;
  readonly #range: readonly [number, number];
  readonly #values = new Map<string, Nested>();
  readonly #columns = new Map<string, { values: Values; shape: Shape; rows: Nested[] }>();

  private constructor(machine: Machine, options: SceneOptions) {
    this.machine = machine;
    this.rows = options.rows ?? 200;
    this.#stream = new Stream(options.seed ?? 1, 'scene');
    this.#range = options.range ?? [-2, 2];
  }

  static async open(options: SceneOptions = {}): Promise<Scene> {
    return new Scene(
      await Machine.open({ kernels: options.kernels ?? 'auto', threads: options.threads ?? 1 }),
      options,
    );
  }

  #draw(length: number, dtype: Dtype, bound: number): Values {
    const [low, high] = this.#range;
    const draw =
      dtype === 'i32' ? () => this.#stream.integer(bound) : () => low + (high - low) * this.#stream.uniform();
    return ARRAYS[dtype].from(Array.from({ length }, draw));
  }

  /** A parameter of random numbers, or of the given ones. */
  parameter(shape: Shape, dtype: Dtype = 'f64', given?: ArrayLike<number>): Expr {
    const node = parameter(`parameter ${this.#values.size}`, shape, dtype);
    this.set(node, given ?? this.#draw(sizeOf(shape), dtype, 100));
    return node;
  }

  set(node: Expr, values: ArrayLike<number>): void {
    this.machine.setParameter(node, values);
    this.#values.set(String(node.attributes.name), unflatten(ARRAYS[node.dtype].from(values), node.shape));
  }

  /** Random numbers, or the given rows, one row per example; i32 ones lie below `bound`. */
  column(
    shape: Shape,
    dtype: Dtype = 'f64',
    options: { bound?: number; given?: ArrayLike<number> } = {},
  ): Expr {
    const name = `column ${this.#columns.size}`;
    const size = sizeOf(shape);
    const values = options.given
      ? ARRAYS[dtype].from(options.given)
      : this.#draw(this.rows * size, dtype, options.bound ?? 100);
    const rows = Array.from({ length: this.rows }, (_, row) =>
      unflatten(values.subarray(row * size, (row + 1) * size), shape),
    );
    this.#columns.set(name, { values, shape, rows });
    return input(name, shape, dtype, { examples: true });
  }

  /** A leaf of either kind. */
  leaf(shape: Shape, dtype: Dtype, examples: boolean): Expr {
    return examples ? this.column(shape, dtype) : this.parameter(shape, dtype);
  }

  /** `count` examples in shuffled order, with repeats beyond the data set's size and before it. */
  order(count: number): Int32Array {
    return Int32Array.from({ length: count }, () => this.#stream.integer(this.rows));
  }

  /** Gives the machine the data set; needed before a graph with columns is compiled. */
  place(): void {
    const columns = [...this.#columns];
    this.machine.setColumns(
      Object.fromEntries(columns.map(([name, { values }]) => [name, values])),
      this.rows,
      Object.fromEntries(columns.map(([name, { shape }]) => [name, shape])),
    );
  }

  /** What the oracle finds for an expression. */
  expected(node: Expr, order: ArrayLike<number> = []): number[] {
    const columns = new Map([...this.#columns].map(([name, { rows }]) => [name, rows]));
    const value = evaluator({ values: this.#values, columns, order })(node);
    return flatten(value as Nested);
  }

  /** Values of expressions by the engine, in row-major order. */
  computed(
    nodes: Readonly<Record<string, Expr>>,
    order: Int32Array = new Int32Array(0),
  ): Record<string, Values> {
    this.place();
    const all = Object.entries(nodes);
    const program = this.machine.compile(
      {
        outputs: Object.fromEntries(all.filter(([, node]) => !node.examples)),
        perExample: Object.fromEntries(all.filter(([, node]) => node.examples)),
      },
      { mostExamples: order.length },
    );
    program.run(order);
    return Object.fromEntries(all.map(([name]) => [name, program.value(name)]));
  }

  /** Fails unless engine and oracle agree on every expression. */
  agree(nodes: Readonly<Record<string, Expr>>, order?: Int32Array, tolerance?: number): void {
    const computed = this.computed(nodes, order);
    for (const [name, node] of Object.entries(nodes)) {
      expectClose(name, computed[name], this.expected(node, order), tolerance ?? TOLERANCE[node.dtype]);
    }
  }
}

/** Fails, naming the first element that is off, unless all lie within tolerance·max(1, largest finite expected). */
export function expectClose(
  name: string,
  computed: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  expect(computed.length, `${name}: number of elements`).toBe(expected.length);
  const finite = Array.from(expected, Math.abs).filter(Number.isFinite);
  const bound = tolerance * finite.reduce((a, b) => Math.max(a, b), 1);
  for (let i = 0; i < expected.length; i++) {
    const equal = computed[i] === expected[i] || (Number.isNaN(computed[i]) && Number.isNaN(expected[i]));
    if (!equal && !(Math.abs(computed[i] - expected[i]) <= bound)) {
      expect.fail(`${name}: element ${i} is ${computed[i]}, the oracle has ${expected[i]} (bound ${bound})`);
    }
  }
}
