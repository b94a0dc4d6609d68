/** A plan's instructions in memory, and the table of phases by which the threads of a machine walk them. */

import { type Buffer, count, type Instruction } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import { TILE_EXAMPLES } from '../operations/contraction.ts';
import { encode, type SpaceStrides } from '../plan/encode.ts';
import { buffersOf } from '../plan/placement.ts';
import type { Stage } from '../plan/plan.ts';
import { JOBS, LANES } from './control.js';
import type { Walkable } from './crew.ts';
import { type Job, schedule } from './schedule.ts';

/** Accumulators for sums over examples; fixed, so that results do not depend on the number of threads. */
export const MOST_LANES = 8;

export interface TableOptions {
  readonly threads: number;
  readonly strides: SpaceStrides;
  /** Where the accumulators of each stage lie in the first lane. */
  readonly accumulators: readonly (readonly [start: number, end: number])[];
  /** Lanes of the largest run. */
  readonly lanes: number;
  readonly memory: WebAssembly.Memory;
  allocate(bytes: number): number;
}

/** Jobs that threads claim, or a walk over the tiles, lane by lane. */
type Phase =
  | { readonly jobs: readonly Job[] }
  | { readonly clear: Job; readonly tile: Job; readonly own: ReadonlySet<Buffer> };

/** Writes the instructions and the table of a plan whose buffers all have their addresses. */
export function writeTable(stages: readonly Stage[], options: TableOptions): Walkable {
  const phases = phasesOf(stages, options);
  const code: number[] = [];
  /** The table, with the starts and ends of jobs as words of the code. */
  const table: (number | { readonly word: number })[] = [phases.length, TILE_EXAMPLES, MOST_LANES];
  const enter = (job: Job, own: (instruction: Instruction) => ReadonlySet<Buffer>): void => {
    const start = code.length;
    for (const instruction of job)
      for (const word of encode([instruction], options.strides, own(instruction))) code.push(word);
    table.push({ word: start }, { word: code.length });
  };
  for (const phase of phases) {
    if ('jobs' in phase) {
      table.push(JOBS, phase.jobs.length);
      for (const job of phase.jobs) enter(job, accumulatorsSummed);
    } else {
      table.push(LANES);
      enter(phase.clear, (clear) => new Set(buffersOf([clear])));
      enter(phase.tile, () => phase.own);
    }
  }
  const codeAt = options.allocate(4 * code.length);
  const tableAt = options.allocate(4 * table.length);
  const memory = options.memory.buffer;
  new Int32Array(memory, codeAt, code.length).set(code);
  const entries = table.map((entry) => (typeof entry === 'number' ? entry : codeAt + 4 * entry.word));
  new Int32Array(memory, tableAt, entries.length).set(entries);
  const shared = phases.some((phase) => ('jobs' in phase ? phase.jobs.length > 1 : options.lanes > 1));
  return { table: tableAt, shared: shared && options.threads > 1 };
}

const NONE: ReadonlySet<Buffer> = new Set();

/** Sums over the lanes go through all of them; every other reader finds the total in the first. */
function accumulatorsSummed(instruction: Instruction): ReadonlySet<Buffer> {
  return instruction.opcode === OPCODE.sumLanes ? new Set(buffersOf([instruction])) : NONE;
}

/** What runs between two walks over the tiles is shared out as one list: the sums of a stage, the parameters of the next. */
function phasesOf(stages: readonly Stage[], { threads, accumulators }: TableOptions): Phase[] {
  const phases: Phase[] = [];
  let between: Instruction[] = [];
  const share = (): void => {
    for (const jobs of schedule(between, threads)) phases.push({ jobs });
    between = [];
  };
  for (const [i, stage] of stages.entries()) {
    between.push(...stage.once);
    const [start, end] = accumulators[i] as readonly [number, number];
    if (stage.tile.length > 0) {
      share();
      phases.push({
        clear: clearing(start, end - start),
        tile: stage.tile,
        own: new Set(stage.accumulators),
      });
    }
    between.push(...stage.sums);
  }
  share();
  return phases;
}

/** Sets the accumulators of a lane to zero: memory from an address of the first lane on. */
function clearing(address: number, bytes: number): Job {
  if (bytes === 0) return [];
  const all: Buffer = { id: -1, space: 'lane', bytes, tileBytes: 0, address };
  return [{ opcode: OPCODE.fill, words: [{ buffer: all, offset: 0 }, count(bytes)] }];
}
