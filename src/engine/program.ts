/** A compiled graph in the machine's memory: settings in, runs over examples, results out. A run allocates nothing. */

import { EngineError, refuse } from './errors.ts';
import { over, readView, type Values, writeValues } from './layout.ts';
import type { View } from './lowering.ts';
import { EXAMPLE_COUNT } from './operations/leaf.ts';
import { denseStrides } from './operations/reshape.ts';
import { formatShape, sizeOf } from './shape.ts';
import type { Crew, Walkable } from './threads/crew.ts';

export interface PlacedPlan {
  /** Its phases, for the threads. */
  readonly walkable: Walkable;
  readonly settings: ReadonlyMap<string, View>;
  readonly outputs: ReadonlyMap<string, View>;
  readonly perExample: ReadonlyMap<string, View>;
  readonly order: number;
  readonly mostExamples: number;
  /** Bytes of memory this program added. */
  readonly bytes: number;
}

/** A compiled graph: set settings, run it over examples, read its outputs. */
export class Program {
  private readonly crew: Crew;
  private readonly wasm: WebAssembly.Memory;
  private readonly plan: PlacedPlan;
  private readonly datasetSize: () => number;
  /** Examples of the last run. */
  private ran = 0;
  // Windows on the memory, made anew when it has grown, so that a step makes no objects.
  private memory: ArrayBufferLike;
  private order: Int32Array;
  private readonly windows = new Map<View, Values>();

  /** @param datasetSize examples that all columns read by the program have; throws when one of them was moved */
  constructor(crew: Crew, wasm: WebAssembly.Memory, plan: PlacedPlan, datasetSize: () => number) {
    this.crew = crew;
    this.wasm = wasm;
    this.plan = plan;
    this.datasetSize = datasetSize;
    this.memory = wasm.buffer;
    this.order = new Int32Array(this.memory, plan.order, plan.mostExamples);
  }

  private renewWindows(): void {
    if (this.memory === this.wasm.buffer) return;
    this.memory = this.wasm.buffer;
    this.order = new Int32Array(this.memory, this.plan.order, this.plan.mostExamples);
    this.windows.clear();
  }

  /** A window on the one element of a scalar. */
  private cell(view: View): Values {
    return this.window(view, 1);
  }

  /** A window on the elements of a view that lie side by side, the same for each view. */
  private window(view: View, length: number): Values {
    this.renewWindows();
    const known = this.windows.get(view);
    if (known !== undefined) return known;
    const window = over(this.memory, view.dtype, view.pointer.buffer.address + view.pointer.offset, length);
    this.windows.set(view, window);
    return window;
  }

  /** Bytes of memory this program added to the machine. */
  get bytes(): number {
    return this.plan.bytes;
  }

  /** Names of the settings this program reads. */
  get settings(): string[] {
    return [...this.plan.settings.keys()].filter((name) => name !== EXAMPLE_COUNT);
  }

  /** Sets a scalar (or, with an array, a tensor in row-major order); settings that the program does not read are ignored. */
  setSetting(name: string, value: number | ArrayLike<number>): void {
    const view = this.plan.settings.get(name);
    if (view === undefined) return;
    if (typeof value !== 'number') {
      const { address } = view.pointer.buffer;
      writeValues(this.wasm.buffer, address, view.dtype, view.shape, value);
      return;
    }
    if (view.shape.length > 0)
      refuse(`setting ${name}`, `has shape ${formatShape(view.shape)}, got one number`);
    this.cell(view)[0] = value;
  }

  /** Sets several scalars at once: a number for each name, which makes no objects of the numbers. */
  setSettings(names: readonly string[], values: Float64Array): void {
    for (let i = 0; i < names.length; i++) {
      const view = this.plan.settings.get(names[i] as string);
      if (view !== undefined) this.cell(view)[0] = values[i] as number;
    }
  }

  /**
   * Runs the program over examples of the data set, by number, in this order.
   * @param examples may be empty or absent for a program that reads no examples
   * @throws EngineError when an example does not exist, ThreadError when a thread failed or was lost on the way
   */
  run(examples: Int32Array = NO_EXAMPLES): void {
    const { plan } = this;
    const count = examples.length;
    if (count > plan.mostExamples) {
      refuse('run', `was compiled for at most ${plan.mostExamples} examples, got ${count}`);
    }
    this.checkExamples(examples);
    this.renewWindows();
    this.order.set(examples);
    this.setSetting(EXAMPLE_COUNT, count);
    this.ran = count;
    this.crew.run(plan.walkable, count);
  }

  private checkExamples(examples: Int32Array): void {
    const size = this.datasetSize();
    for (let i = 0; i < examples.length; i++) {
      const example = examples[i] as number;
      if (example < 0 || example >= size) {
        throw new EngineError(`run: example ${example} does not exist in a data set of ${size}`);
      }
    }
  }

  /** The number an output of shape [] had in the last run. */
  scalar(name: string): number {
    const view = this.outputView(name);
    if (sizeOf(view.shape) !== 1)
      refuse(`output ${name}`, `has shape ${formatShape(view.shape)}; read it with value`);
    return this.cell(view)[0] as number;
  }

  /** The numbers of several outputs of shape [], written into `into` in the order of their names; makes no objects. */
  readScalars(names: readonly string[], into: Float64Array): void {
    for (let i = 0; i < names.length; i++) into[i] = this.scalar(names[i] as string);
  }

  /** Writes an f64 output of the last run into an array of its size, dense in row-major order; makes no objects where rows are not padded. */
  readInto(name: string, into: Float64Array): void {
    const view = this.outputView(name);
    const size = sizeOf(view.shape);
    if (view.dtype !== 'f64' || into.length !== size)
      refuse(`output ${name}`, `is ${view.dtype} with ${size} numbers, got an f64 array of ${into.length}`);
    into.set(isDense(view) ? this.window(view, size) : this.value(name));
  }

  /** A copy of an output of the last run, dense in row-major order; a per-example one has a row for each example run. */
  value(name: string): Values {
    const memory = this.wasm.buffer;
    const kept = this.plan.perExample.get(name);
    return kept === undefined ? readView(memory, this.outputView(name)) : readView(memory, kept, this.ran);
  }

  /** Where the rows of a per-example value are kept: one for each example that the program was compiled for. */
  keptRows(name: string): { view: View; rows: number } {
    const view = this.plan.perExample.get(name);
    if (view === undefined)
      return refuse('rows', `"${name}" is not one of ${[...this.plan.perExample.keys()].join(', ')}`);
    return { view, rows: this.plan.mostExamples };
  }

  private outputView(name: string): View {
    const view = this.plan.outputs.get(name);
    if (view === undefined)
      return refuse('output', `"${name}" is not one of ${[...this.plan.outputs.keys()].join(', ')}`);
    return view;
  }
}

/** Whether the elements of a view lie side by side in row-major order. */
function isDense(view: View): boolean {
  const strides = denseStrides(view.shape);
  return view.shape.every((extent, axis) => extent === 1 || view.strides[axis] === strides[axis]);
}

const NO_EXAMPLES = new Int32Array(0);
