/**
 * Watches every number that the kernels of a machine write: one instruction at a time, the memory before and after. What
 * changed is read in the instruction's dtype; where an instruction moves numbers about, it made none, and what lies behind the
 * last element of a row is nobody's.
 */

import type { Machine } from '../../src/engine/index.ts';
import type { KernelExports } from '../../src/engine/kernels.ts';
import { OPCODE } from '../../src/engine/opcodes.ts';
import { elementwiseTails, type Place } from './elementwise-tails.ts';
import { sparseMasks } from './sparse-masks.ts';

type Name = keyof typeof OPCODE;

/** Which word of an instruction holds the dtype of the numbers it makes; `moves` makes none. Every opcode stands here. */
const DTYPE_WORD: Readonly<Record<Name, number | 'moves'>> = {
  elementwise: 0,
  contract: 0,
  pack: 'moves',
  copy: 'moves',
  fill: 'moves',
  reduceRows: 0,
  reduceAxis: 0,
  sumExamples: 0,
  softmax: 0,
  gather: 'moves',
  scatterAdd: 0,
  take: 'moves',
  place: 'moves',
  argmax: 'moves',
  cast: 1,
  dropout: 0,
  load: 'moves',
  sumLanes: 0,
  direct: 0,
  weighted: 0,
  uniform: 0,
  sparseProduct: 0,
  finite: 'moves',
  turnRows: 'moves',
  gram: 0,
  triangle: 'moves',
  factor: 0,
  substitute: 0,
  sumRows: 0,
  turnGroups: 'moves',
  scatterProducts: 0,
};

/** What an instruction writes that is no number of its dtype. */
const NOBODYS: Partial<Record<Name, typeof elementwiseTails>> = {
  elementwise: elementwiseTails,
  sparseProduct: sparseMasks,
};

const nameOf = new Map<number, Name>(Object.entries(OPCODE).map(([name, opcode]) => [opcode, name as Name]));

/** Below these a number is subnormal. */
const LEAST = { f32: 2 ** -126, f64: 2 ** -1022 } as const;
/** What is known of 4 bytes of memory, and of the code of a dtype. */
const UNKNOWN = 0;
const SINGLE = 1;
const DOUBLE = 2;
const KIND: readonly number[] = [SINGLE, DOUBLE, UNKNOWN];
/** Words compared at once. */
const BLOCK = 512;

export interface Watch {
  /** Watches only while this is set: watching is slow. */
  on: boolean;
  /** Floating-point numbers seen to be written. */
  written: number;
  /** How many of them were subnormal, by the instruction that made them. */
  readonly subnormals: Map<string, number>;
  /** Subnormal numbers among those that were seen to be written and still stand there, whoever wrote them since. */
  standing(): number;
}

/** Watches the programs of a machine, those compiled already and those to come. */
export function watch(machine: Machine): Watch {
  const open = machine as unknown as {
    kernels: { memory: WebAssembly.Memory };
    crew: { thread: Pick<KernelExports, 'execute'> };
  };
  const { memory } = open.kernels;
  const { thread } = open.crew;
  const run = { execute: thread.execute };
  let before = new Int32Array(0);
  let kinds = new Uint8Array(0);
  const seen: Watch = { on: false, written: 0, subnormals: new Map(), standing };

  function standing(): number {
    const [singles, doubles] = floatsOf(memory);
    let count = 0;
    for (let i = 0; i < kinds.length; i++) {
      if (kinds[i] === SINGLE && isSubnormal(singles[i], LEAST.f32)) count += 1;
      if (kinds[i] === DOUBLE && i % 2 === 0 && isSubnormal(doubles[i >> 1], LEAST.f64)) count += 1;
    }
    return count;
  }

  function begin(): void {
    const now = new Int32Array(memory.buffer);
    if (before.length !== now.length) {
      const known = kinds;
      before = new Int32Array(now.length);
      kinds = new Uint8Array(now.length);
      kinds.set(known);
    }
    before.set(now);
  }

  /** Reads what an instruction changed, as numbers of a kind. */
  function compare(name: Name, kind: number, nobodys: (address: number) => boolean): void {
    const after = new Int32Array(memory.buffer);
    const [singles, doubles] = floatsOf(memory);
    let found = 0;
    for (let i = 0; i < after.length; i++) {
      if (i % BLOCK === 0) i = nextDifference(before, after, i);
      if (after[i] === before[i]) continue;
      // Both halves of a double, although one may be as it was.
      const start = kind === DOUBLE ? i & ~1 : i;
      const belongs = kind !== UNKNOWN && !nobodys(4 * start);
      for (let word = start; word <= (kind === DOUBLE ? start + 1 : start); word++) {
        before[word] = after[word];
        kinds[word] = belongs ? kind : UNKNOWN;
      }
      if (!belongs) continue;
      seen.written += 1;
      const subnormal =
        kind === SINGLE ? isSubnormal(singles[i], LEAST.f32) : isSubnormal(doubles[i >> 1], LEAST.f64);
      if (subnormal) found += 1;
    }
    if (found > 0) seen.subnormals.set(name, (seen.subnormals.get(name) ?? 0) + found);
  }

  const execute = (start: number, end: number, ...where: Place) => {
    if (!seen.on) return run.execute(start, end, ...where);
    begin();
    const words = new Int32Array(memory.buffer);
    for (let at = start; at < end; ) {
      const body = (at >> 2) + 2;
      const next = at + 8 + 4 * words[body - 1];
      const name = nameOf.get(words[body - 2]) as Name;
      const place = DTYPE_WORD[name];
      run.execute(at, next, ...where);
      const nobodys = NOBODYS[name]?.(words, body, where) ?? (() => false);
      compare(name, place === 'moves' ? UNKNOWN : KIND[words[body + place]], nobodys);
      at = next;
    }
  };
  thread.execute = execute;
  return seen;
}

/** The start of the first block from `at` on in which the two differ, or their length. */
function nextDifference(a: Int32Array, b: Int32Array, at: number): number {
  let start = at;
  while (start < a.length && sameBytes(a, b, start)) start += BLOCK;
  return Math.min(start, a.length);
}

function sameBytes(a: Int32Array, b: Int32Array, at: number): boolean {
  const bytes = (x: Int32Array) =>
    Buffer.from(x.buffer, x.byteOffset + 4 * at, 4 * Math.min(BLOCK, x.length - at));
  return bytes(a).equals(bytes(b));
}

function floatsOf(memory: WebAssembly.Memory): [Float32Array, Float64Array] {
  return [new Float32Array(memory.buffer), new Float64Array(memory.buffer)];
}

function isSubnormal(x: number, least: number): boolean {
  return x !== 0 && Math.abs(x) < least;
}
