/**
 * A machine: one memory with the kernels, the parameters and the columns of a data set in it, and the programs compiled
 * for them. It owns all state of a computation; several machines live side by side.
 */

import { Columns, sameKind } from './columns.ts';
import { BYTES } from './dtype.ts';
import { refuse } from './errors.ts';
import type { Expr } from './expression.ts';
import { type KernelMode, type Kernels, openKernels } from './kernels.ts';
import { readView, type Values, writeValues } from './layout.ts';
import { canonicalSize, type View } from './lowering.ts';
import { parameterOperation } from './operations/leaf.ts';
import { makeView } from './plan/emitter.ts';
import { encode } from './plan/encode.ts';
import type { Graph } from './plan/graph.ts';
import { ALIGNMENT, alignUp } from './plan/placement.ts';
import { makePlan, type Plan } from './plan/plan.ts';
import { LANES, type PlacedStage, Program } from './program.ts';
import { formatShape, type Shape } from './shape.ts';

const PAGE_BYTES = 65536;
/** WebAssembly memories of 32-bit addresses end here. */
const MOST_BYTES = 2 ** 32 - PAGE_BYTES;

export interface CompileOptions {
  /** Most examples of a run; by default as many as the data set has. */
  readonly mostExamples?: number;
}

/** Memory, kernels, parameters and columns of one computation; compiles graphs to programs. */
export class Machine {
  /** Which build of the kernels runs; the bits do not depend on it. */
  readonly mode: KernelMode;
  private readonly kernels: Kernels;
  private top: number;
  private readonly parameters = new Map<string, View>();
  private readonly columns: Columns;

  private constructor(kernels: Kernels) {
    this.kernels = kernels;
    this.mode = kernels.mode;
    this.top = alignUp(kernels.run.heapBase() + ALIGNMENT);
    this.columns = new Columns({ memory: kernels.memory, allocate: (bytes) => this.allocate(bytes) });
  }

  /** Opens a machine with the fastest kernels the host can run, or those asked for. */
  static async open(options: { kernels?: 'auto' | KernelMode } = {}): Promise<Machine> {
    return new Machine(await openKernels(options.kernels));
  }

  /** Bytes of memory in use. */
  get bytes(): number {
    return this.top;
  }

  private allocate(bytes: number): number {
    const address = this.top;
    const top = alignUp(address + bytes);
    const { memory } = this.kernels;
    const missing = top - memory.buffer.byteLength;
    if (top > MOST_BYTES) {
      refuse(
        'memory',
        `needs ${formatBytes(top)}, WebAssembly can hold ${formatBytes(MOST_BYTES)}; make the model or the batch smaller`,
      );
    }
    if (missing > 0) {
      try {
        memory.grow(Math.ceil(missing / PAGE_BYTES));
      } catch {
        refuse(
          'memory',
          `the host refused ${formatBytes(top)}; make the model or the batch smaller, or free memory`,
        );
      }
    }
    this.top = top;
    return address;
  }

  private parameterView(node: Expr): View {
    const name = String(node.attributes.name);
    if (node.operation !== parameterOperation)
      refuse('parameter', `needs a parameter, got ${node.operation.name}`);
    const known = this.parameters.get(name);
    if (known !== undefined) {
      if (!sameKind(known, node)) {
        refuse(
          `parameter ${name}`,
          `is ${known.dtype} ${formatShape(known.shape)} on this machine, got ${node.dtype} ${formatShape(node.shape)}`,
        );
      }
      return known;
    }
    const view = makeView(node.shape, node.dtype, false, 'static');
    view.pointer.buffer.address = this.allocate(view.pointer.buffer.bytes);
    this.parameters.set(name, view);
    return view;
  }

  /** Sets a parameter from dense values in row-major order; f32 parameters round to nearest. */
  setParameter(node: Expr, values: ArrayLike<number>): void {
    const view = this.parameterView(node);
    writeValues(this.kernels.memory.buffer, view.pointer.buffer.address, view.dtype, view.shape, values);
  }

  /** A dense copy of a parameter, in row-major order. */
  getParameter(node: Expr): Values {
    return readView(this.kernels.memory.buffer, this.parameterView(node));
  }

  /**
   * Sets the columns of the data set, by the names of the example inputs that read them.
   * @param columns each with `size` rows in row-major order
   * @param shapes shape of one row, [] where absent
   */
  setColumns(
    columns: Readonly<Record<string, Values>>,
    size: number,
    shapes: Readonly<Record<string, Shape>> = {},
  ): void {
    this.columns.set(columns, size, shapes);
  }

  /** Compiles a graph for this machine; its parameters keep their values, new ones start at zero. */
  compile(graph: Graph, options: CompileOptions = {}): Program {
    const mostExamples = options.mostExamples ?? this.columns.size;
    const plan = makePlan(graph);
    const before = this.top;
    const examples = this.bindLeaves(plan);
    const most = Math.max(mostExamples, 1);
    const tiles = Math.ceil(most / 64);
    const lanes = Math.min(LANES, tiles);
    const laneRanges = placeLanes(plan);
    const laneBytes = laneRanges.bytes;
    const strides = { worker: plan.scratchBytes, lane: laneBytes };
    const laneBase = this.allocate(laneBytes * lanes);
    const scratchBase = this.allocate(plan.scratchBytes);
    for (const buffer of plan.buffers) {
      if (buffer.space === 'lane') buffer.address += laneBase;
      else if (buffer.space === 'worker') buffer.address += scratchBase;
      else if (buffer.space === 'tile')
        buffer.address = this.allocate(buffer.tileBytes * tiles + buffer.bytes);
      else if (buffer.address < 0) buffer.address = this.allocate(buffer.bytes);
    }
    const stages = plan.stages.map((stage, i): PlacedStage => {
      const range = laneRanges.stages[i] as readonly [number, number];
      const own = new Set(stage.accumulators);
      return {
        once: this.store(encode(stage.once, strides, own)),
        tile: this.store(encode(stage.tile, strides, own)),
        sums: this.store(encode(stage.sums, strides, own)),
        accumulators: [range[0] + laneBase, range[1] + laneBase],
      };
    });
    for (const { node, view } of plan.constants) {
      const value = node.attributes.value as number | readonly number[];
      const size = node.shape.reduce((a, b) => a * b, 1);
      const values = typeof value === 'number' ? new Array<number>(size).fill(value) : value;
      writeValues(this.kernels.memory.buffer, view.pointer.buffer.address, node.dtype, node.shape, values);
    }
    return new Program(
      this.kernels,
      {
        stages,
        settings: new Map([...plan.settings].map(([name, { view }]) => [name, view])),
        outputs: plan.outputs,
        perExample: plan.perExample,
        order: plan.order.pointer.buffer.address,
        lanes,
        laneBytes,
        mostExamples,
        bytes: this.top - before,
      },
      examples,
    );
  }

  private store(words: Int32Array): readonly [number, number] {
    const address = this.allocate(words.byteLength);
    new Int32Array(this.kernels.memory.buffer, address, words.length).set(words);
    return [address, address + words.byteLength];
  }

  /** @returns the number of examples of the data set, as the program will ask for it */
  private bindLeaves(plan: Plan): () => number {
    for (const { node, view } of plan.parameters.values()) {
      view.pointer.buffer.address = this.parameterView(node).pointer.buffer.address;
    }
    return this.columns.bind(plan);
  }
}

/** Lays the accumulators of each stage one after the other within a lane. */
function placeLanes(plan: Plan): { bytes: number; stages: (readonly [number, number])[] } {
  let bytes = 0;
  const stages = plan.stages.map((stage) => {
    const start = bytes;
    for (const buffer of stage.accumulators) {
      buffer.address = bytes;
      bytes = alignUp(bytes + buffer.bytes);
    }
    return [start, bytes] as const;
  });
  return { bytes, stages };
}

function formatBytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`;
}

/** Bytes a graph would need on a machine, before anything is allocated: parameters, scratch, accumulators, kept rows. */
export function predictBytes(graph: Graph, mostExamples: number): number {
  const plan = makePlan(graph);
  const tiles = Math.ceil(Math.max(mostExamples, 1) / 64);
  const lanes = Math.min(LANES, tiles);
  let bytes = plan.scratchBytes + lanes * placeLanes(plan).bytes;
  for (const buffer of plan.buffers) {
    if (buffer.space === 'static') bytes += alignUp(buffer.bytes);
    if (buffer.space === 'tile') bytes += buffer.tileBytes * tiles;
  }
  for (const { node } of plan.columns.values())
    bytes += mostExamples * canonicalSize(node.shape) * BYTES[node.dtype];
  return bytes;
}
