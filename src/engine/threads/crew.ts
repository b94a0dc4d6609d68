/**
 * The threads of a machine: the one that asks for runs and walks them itself, and workers that help. Which thread does
 * what changes no bit, so that a worker may come late, or be lost between runs, without being missed.
 */

import { EngineError, ThreadError } from '../errors.ts';
import {
  ASLEEP_FOR_RUN,
  BEATS,
  CLOSED,
  COUNT,
  FINISHED,
  FIRST,
  PAGES,
  PROGRAM,
  raise,
  raised,
  SEQUENCE,
} from './control.js';
import type { Hire, Hired } from './hire.ts';
import { type Thread, walk } from './walk.js';
import type { WorkerStart } from './worker.js';

const PAGE_BYTES = 65536;

/** A program as the threads walk it. */
export interface Walkable {
  /** Address of its table of phases. */
  readonly table: number;
  /** False when no phase has work for two. */
  readonly shared: boolean;
}

export interface CrewOptions {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly execute: Thread['execute'];
  /** Number of the tiles that all instances use. */
  readonly tiles: number;
  /** Address of the control block. */
  readonly control: number;
  /** Threads, this one included. */
  readonly threads: number;
  readonly hire: Hire | undefined;
  /** Seconds without a sign of life of a thread after which a run is given up. */
  readonly patience: number;
  /** Told in a sentence when a worker is lost. */
  readonly notice: (sentence: string) => void;
}

export class Crew {
  private readonly options: CrewOptions;
  private readonly thread: Thread;
  private readonly workers = new Map<number, Hired>();
  private memory: ArrayBufferLike;
  private closed = false;

  constructor(options: CrewOptions) {
    const { memory, control, threads, hire, module, tiles } = options;
    this.options = options;
    this.memory = memory.buffer;
    this.thread = {
      cells: new Int32Array(memory.buffer),
      control: control >>> 2,
      worker: 0,
      execute: options.execute,
      sleeps: canSleep(memory.buffer),
      patience: options.patience,
    };
    if (hire === undefined) return;
    for (let worker = 1; worker < threads; worker++) {
      const start: WorkerStart = { module, memory, tiles, control: control >>> 2, worker };
      this.workers.set(
        worker,
        hire(start, (reason) => this.lose(worker, reason)),
      );
    }
  }

  /** Threads that were asked for: a worker keeps its number when another one is lost. */
  get places(): number {
    return this.options.hire === undefined ? 1 : this.options.threads;
  }

  /** Threads at work, this one included. */
  get threads(): number {
    return 1 + this.workers.size;
  }

  /** Calls into the kernels that each thread has finished since the machine was opened. */
  beats(): number[] {
    const { cells, control } = this.renewed();
    return Array.from({ length: this.options.threads }, (_, worker) =>
      Atomics.load(cells, control + BEATS + worker),
    );
  }

  private lose(worker: number, reason: string): void {
    if (this.closed || !this.workers.delete(worker)) return;
    const { threads } = this;
    const left = threads === 1 ? 'one thread' : `${threads} threads`;
    this.options.notice(
      `a thread was lost (${reason}); the computation goes on with ${left}, to the same bits`,
    );
  }

  /**
   * Runs a program over examples, with whatever workers there are.
   * @throws ThreadError when a thread failed or holds up the others, and for every run after that
   */
  run({ table, shared }: Walkable, count: number): void {
    const { thread } = this;
    if (this.closed) throw new EngineError('run: the machine was closed; open another one');
    const { cells, control } = this.renewed();
    this.refuseAfterFault();
    const first = Atomics.load(cells, control + FINISHED);
    if (shared && this.workers.size > 0) this.publish(table, count, first);
    const sequence = Atomics.load(cells, control + SEQUENCE);
    try {
      walk(thread, table, count, first, sequence);
    } catch (error) {
      raise(cells, control, 0, error);
    }
    this.refuseAfterFault();
  }

  /** This thread, with a window on all of the memory. */
  private renewed(): Thread {
    const { buffer } = this.options.memory;
    if (this.memory !== buffer) {
      this.memory = buffer;
      this.thread.cells = new Int32Array(buffer);
    }
    return this.thread;
  }

  private publish(table: number, count: number, first: number): void {
    const { cells, control } = this.thread;
    Atomics.add(cells, control + SEQUENCE, 1);
    Atomics.store(cells, control + PROGRAM, table | 0);
    Atomics.store(cells, control + COUNT, count);
    Atomics.store(cells, control + FIRST, first);
    Atomics.store(cells, control + PAGES, this.memory.byteLength / PAGE_BYTES);
    Atomics.add(cells, control + SEQUENCE, 1);
    if (Atomics.load(cells, control + ASLEEP_FOR_RUN) > 0) Atomics.notify(cells, control + SEQUENCE);
  }

  private refuseAfterFault(): void {
    const { cells, control } = this.thread;
    const fault = raised(cells, control);
    if (fault === undefined) return;
    throw new ThreadError(
      `run: thread ${fault.worker + 1} of ${this.options.threads} gave up (${fault.reason}), and the step is incomplete`,
    );
  }

  /** Ends the workers; the machine runs nothing afterwards. May be called twice. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    const { cells, control } = this.renewed();
    Atomics.store(cells, control + CLOSED, 1);
    Atomics.notify(cells, control + SEQUENCE);
    await Promise.all([...this.workers.values()].map((worker) => worker.end()));
    this.workers.clear();
  }
}

/** The main thread of a page may not wait; it looks again and again instead. */
function canSleep(memory: ArrayBufferLike): boolean {
  if (typeof SharedArrayBuffer === 'undefined' || !(memory instanceof SharedArrayBuffer)) return false;
  try {
    Atomics.wait(new Int32Array(memory, 0, 1), 0, ~Atomics.load(new Int32Array(memory, 0, 1), 0), 0);
    return true;
  } catch {
    return false;
  }
}
