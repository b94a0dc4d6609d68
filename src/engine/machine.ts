/**
 * A machine: one memory with the kernels, the parameters and the columns of a data set in it, and the programs compiled
 * for them. It owns all state of a computation; several machines live side by side.
 */

import { Columns, sameKind } from './columns.ts';
import { BYTES } from './dtype.ts';
import { refuse } from './errors.ts';
import { type ExaminedKernels, openExaminedKernels } from './examined-kernels.ts';
import type { Expr } from './expression.ts';
import { type KernelMode, type Kernels, openKernels } from './kernels.ts';
import { readView, type Values, writeValues } from './layout.ts';
import { canonicalSize, type View } from './lowering.ts';
import { parameterOperation } from './operations/leaf.ts';
import { makeView } from './plan/emitter.ts';
import type { Graph } from './plan/graph.ts';
import { ALIGNMENT, alignUp } from './plan/placement.ts';
import { makePlan, type Plan } from './plan/plan.ts';
import { Program } from './program.ts';
import { formatShape, type Shape } from './shape.ts';
import { CONTROL_BYTES, MOST_THREADS } from './threads/control.js';
import { Crew } from './threads/crew.ts';
import { type Hire, hiring } from './threads/hire.ts';
import { MOST_LANES, writeTable } from './threads/table.ts';
import { NOT_TIMED, TILE_NUMBER, type TileChoice, type Tiles } from './tiles.ts';

const PAGE_BYTES = 65536;
const NO_SHARED_MEMORY =
  'this host gives no memory that threads can share (a page needs to be cross-origin isolated for it)';
/** WebAssembly memories of 32-bit addresses end here. */
const MOST_BYTES = 2 ** 32 - PAGE_BYTES;

export interface CompileOptions {
  /** Most examples of a run; by default as many as the data set has. */
  readonly mostExamples?: number;
}

/** How a machine is opened. */
export interface MachineOptions {
  /** 'auto' (the default) takes the fastest build of the kernels that the host can run; the bits are the same. */
  readonly kernels?: 'auto' | KernelMode;
  /** Which tiles the products use; 'auto' times both where the kernels are revectorised. The bits are the same. */
  readonly tiles?: 'auto' | Tiles;
  /**
   * Threads to compute on, the calling one included; the bits do not depend on it. By default one. With more, `close` the
   * machine when it is done with. A host without shared memory computes on one, and says so.
   */
  readonly threads?: number;
  /** Told in one sentence when fewer threads than asked for are at work. */
  readonly onNotice?: (sentence: string) => void;
}

/** Seconds after which a thread that shows no sign of life is given up: far longer than a tile of any size takes. */
const PATIENCE: Readonly<Record<KernelMode, number>> = { fused: 60, emulated: 600 };

/** Memory, kernels, parameters and columns of one computation; compiles graphs to programs. */
export class Machine {
  /** Which build of the kernels runs; the bits do not depend on it. */
  readonly mode: KernelMode;
  private readonly kernels: Kernels;
  private top: number;
  private readonly parameters = new Map<string, View>();
  private readonly columns: Columns;
  private readonly crew: Crew;
  private readonly notice: (sentence: string) => void;

  /** Whether V8 joins the kernels' vectors to 256-bit ones; no bit depends on it. */
  readonly revectorized: boolean;
  /** Which tiles the products use, and the times that decided; no bit depends on it. */
  readonly tiles: TileChoice;

  private constructor(examined: ExaminedKernels, hire: Hire | undefined, options: MachineOptions) {
    const { kernels, revectorized, choice } = examined;
    this.kernels = kernels;
    this.mode = kernels.mode;
    this.revectorized = revectorized;
    this.tiles = choice;
    this.notice = options.onNotice ?? (() => undefined);
    this.top = alignUp(kernels.run.heapBase() + ALIGNMENT);
    this.columns = new Columns({ memory: kernels.memory, allocate: (bytes) => this.allocate(bytes) });
    this.crew = new Crew({
      module: kernels.module,
      memory: kernels.memory,
      execute: kernels.run.execute,
      tiles: TILE_NUMBER[choice.tiles],
      control: this.allocate(CONTROL_BYTES),
      threads: hire === undefined ? 1 : (options.threads ?? 1),
      hire,
      patience: PATIENCE[kernels.mode],
      notice: this.notice,
    });
  }

  /**
   * Opens a machine.
   * @throws EngineError when the host cannot run the kernels, or for a number of threads that is none
   */
  static async open(options: MachineOptions = {}): Promise<Machine> {
    const { threads = 1, tiles = 'auto' } = options;
    if (!Number.isInteger(threads) || threads < 1 || threads > MOST_THREADS)
      refuse('threads', `needs a whole number from 1 to ${MOST_THREADS}, got ${threads}`);
    const hire = threads > 1 ? await hiring() : undefined;
    const examined = await openExaminedKernels(
      () => openKernels(options.kernels, hire !== undefined),
      (kernels) => new Machine({ kernels, revectorized: true, choice: NOT_TIMED }, undefined, {}),
      tiles,
    );
    const shared = hire !== undefined && examined.kernels.memory.buffer instanceof SharedArrayBuffer;
    if (threads > 1 && !shared) options.onNotice?.(`${NO_SHARED_MEMORY}; the computation runs on one thread`);
    return new Machine(examined, shared ? hire : undefined, options);
  }

  /** Threads at work, the calling one included. */
  get threads(): number {
    return this.crew.threads;
  }

  /** Calls into the kernels that each thread has done so far, the calling thread's first. */
  callsByThread(): number[] {
    return this.crew.beats();
  }

  /** Ends the other threads. The machine runs nothing afterwards, but what it holds can still be read. */
  close(): Promise<void> {
    return this.crew.close();
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

  /**
   * Makes a new parameter of the rows that a program keeps of a per-example value: other programs read them where they lie.
   * @param node [examples the program was compiled for, …shape of the value]; not to be set by anything else
   */
  readRowsAs(node: Expr, program: Program, name: string): void {
    const { view, rows } = program.keptRows(name);
    const key = String(node.attributes.name);
    if (this.parameters.has(key))
      refuse(`parameter ${key}`, 'exists already on this machine; take another name');
    if (node.dtype !== view.dtype || formatShape(node.shape) !== formatShape([rows, ...view.shape])) {
      refuse(
        `parameter ${key}`,
        `must be ${view.dtype} ${formatShape([rows, ...view.shape])} to be the rows of "${name}", got ${node.dtype} ${formatShape(node.shape)}`,
      );
    }
    const shared = makeView(node.shape, node.dtype, false, 'static');
    shared.pointer.buffer.address = view.pointer.buffer.address;
    this.parameters.set(key, shared);
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
    const lanes = Math.min(MOST_LANES, tiles);
    const laneRanges = placeLanes(plan);
    const strides = { worker: plan.scratchBytes, lane: laneRanges.bytes };
    const laneBase = this.allocate(strides.lane * lanes);
    const scratch = this.allocateScratch(plan.scratchBytes);
    for (const buffer of plan.buffers) {
      if (buffer.space === 'lane') buffer.address += laneBase;
      else if (buffer.space === 'worker') buffer.address += scratch.address;
      else if (buffer.space === 'tile')
        buffer.address = this.allocate(buffer.tileBytes * tiles + buffer.bytes);
      else if (buffer.address < 0) buffer.address = this.allocate(buffer.bytes);
    }
    const walkable = writeTable(plan.stages, {
      threads: scratch.threads,
      strides,
      accumulators: laneRanges.stages.map(([start, end]) => [start + laneBase, end + laneBase]),
      lanes,
      memory: this.kernels.memory,
      allocate: (bytes) => this.allocate(bytes),
    });
    for (const { node, view } of plan.constants) {
      const value = node.attributes.value as number | readonly number[];
      const size = node.shape.reduce((a, b) => a * b, 1);
      const values = typeof value === 'number' ? new Array<number>(size).fill(value) : value;
      writeValues(this.kernels.memory.buffer, view.pointer.buffer.address, node.dtype, node.shape, values);
    }
    return new Program(
      this.crew,
      this.kernels.memory,
      {
        walkable,
        settings: new Map([...plan.settings].map(([name, { view }]) => [name, view])),
        outputs: plan.outputs,
        perExample: plan.perExample,
        order: plan.order.pointer.buffer.address,
        mostExamples,
        bytes: this.top - before,
      },
      examples,
    );
  }

  /** Scratch for every thread; where there is no room for that, for one, which then runs the program alone. */
  private allocateScratch(bytes: number): { address: number; threads: number } {
    const threads = this.crew.places;
    try {
      return { address: this.allocate(bytes * threads), threads };
    } catch (refused) {
      if (threads === 1) throw refused;
    }
    const address = this.allocate(bytes);
    // Said only now: where there is no room for one either, that is the one sentence.
    this.notice(
      `there is no memory for ${threads} threads of ${formatBytes(bytes)} each; this part runs on one`,
    );
    return { address, threads: 1 };
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
export function predictBytes(graph: Graph, mostExamples: number, threads = 1): number {
  const plan = makePlan(graph);
  const tiles = Math.ceil(Math.max(mostExamples, 1) / 64);
  const lanes = Math.min(MOST_LANES, tiles);
  let bytes = threads * plan.scratchBytes + lanes * placeLanes(plan).bytes;
  for (const buffer of plan.buffers) {
    if (buffer.space === 'static') bytes += alignUp(buffer.bytes);
    if (buffer.space === 'tile') bytes += buffer.tileBytes * tiles;
  }
  for (const { node } of plan.columns.values())
    bytes += mostExamples * canonicalSize(node.shape) * BYTES[node.dtype];
  return bytes;
}
