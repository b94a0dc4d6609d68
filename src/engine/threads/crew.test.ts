// What goes wrong with threads: each ends in one sentence, and never in a wait without end.
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { openKernels } from '../kernels.ts';
import { OPCODE } from '../opcodes.ts';
import { CLAIMED, CONTROL_BYTES, FAULT, FINISHED, JOBS, LANES } from './control.js';
import { Crew } from './crew.ts';
import { type Hire, type Hired, hiring } from './hire.ts';
import type { Thread } from './walk.js';

const crews: Crew[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  for (const crew of crews.splice(0)) await crew.close();
});

/** Unknown to the kernels, which stop at it. */
const BROKEN = [9999, 0];
/** One element summed over 2³⁰ × 2³⁰ products, which takes until the end of the world. */
const ENDLESS = [
  ...[OPCODE.contract, 34, 0, 0, 0, 0, 0, 1, 0, 1, 0, 2 ** 30, 0],
  ...[65536, 0, 0, 0, 0, 65536, 0, 0, 0, 0, 65600, 0, 0, 0, 0, 65664, 0, 0, 1, 2 ** 30, 0, 0, 0, 0],
];
const NOTHING: number[] = [];

interface Setting {
  readonly jobs: readonly (readonly number[])[];
  readonly patience?: number;
  /** What the calling thread does instead of a job. */
  readonly instead?: (cells: Int32Array, control: number) => void;
}

/** A crew of two, with a program of one phase. */
async function crewOf({ jobs, patience = 60, instead }: Setting) {
  const { module, memory, run } = await openKernels('auto', true);
  const control = (run.heapBase() + 4095) & ~4095;
  const code = control + CONTROL_BYTES;
  const cells = new Int32Array(memory.buffer);
  let at = code >> 2;
  const places = jobs.map((words) => {
    cells.set(words, at);
    at += words.length;
    return [4 * (at - words.length), 4 * at];
  });
  const table = 4 * at;
  cells.set([1, 64, 8, JOBS, jobs.length, ...places.flat()], at);
  const hire = (await hiring()) as Hire;
  const hired: Hired[] = [];
  const notices: string[] = [];
  const execute: Thread['execute'] = instead === undefined ? run.execute : () => instead(cells, control >> 2);
  const crew = new Crew({
    ...{ module, memory, execute, tiles: 0, control, threads: 2, patience },
    hire: (start, lost) => {
      const worker = hire(start, lost);
      hired.push(worker);
      return worker;
    },
    notice: (sentence) => notices.push(sentence),
  });
  crews.push(crew);
  const go = (): void => crew.run({ table, shared: true }, 1);
  return { crew, go, hired: hired[0] as Hired, notices, cells, control: control >> 2 };
}

/** Waits, as a thread that is busy would, until the counter has been reached or ten seconds are over. */
function busyUntil(cells: Int32Array, at: number, value: number): void {
  const idle = new Int32Array(new SharedArrayBuffer(4));
  for (let i = 0; i < 2000 && Atomics.load(cells, at) < value; i++) Atomics.wait(idle, 0, 0, 5);
}

test('a kernel that fails on a worker ends the run, and every run after it, in a sentence', async () => {
  const { go, crew } = await crewOf({
    jobs: [BROKEN, BROKEN],
    instead: (cells, control) => busyUntil(cells, control + FAULT, 1),
  });
  const sentence = 'run: thread 2 of 2 gave up (RuntimeError: unreachable), and the step is incomplete';
  expect(go).toThrow(sentence);
  expect(go).toThrow(sentence);
  await crew.close();
});

test('a kernel that fails on the calling thread does the same, and frees the worker', async () => {
  const { go } = await crewOf({ jobs: [BROKEN] });
  expect(go).toThrow('run: thread 1 of 2 gave up (RuntimeError: unreachable)');
  expect(go).toThrow('; restore a saved state on another machine');
});

test('a worker that hangs is given up', async () => {
  const { go } = await crewOf({
    jobs: [ENDLESS, ENDLESS],
    patience: 2,
    instead: (cells, control) => busyUntil(cells, control + CLAIMED, 2),
  });
  expect(go).toThrow('a thread has done nothing for 2 s and holds up the others');
  expect(go).toThrow('and the step is incomplete');
});

test('a worker that dies at its work is given up', async () => {
  const { go, hired, notices, cells, control } = await crewOf({
    jobs: [ENDLESS, ENDLESS],
    patience: 2,
    instead: (memory, at) => {
      busyUntil(memory, at + CLAIMED, 2);
      hired.end();
    },
  });
  expect(go).toThrow('a thread has done nothing for 2 s');
  expect(Atomics.load(cells, control + FINISHED)).toBe(1);
  await pause(50);
  expect(notices).toHaveLength(1);
});

test('a worker that dies between runs is missed by nobody, and said', async () => {
  const { crew, go, hired, notices } = await crewOf({ jobs: [NOTHING, NOTHING, NOTHING] });
  for (let i = 0; i < 50; i++) go();
  expect(crew.threads).toBe(2);
  await hired.end();
  for (let i = 0; i < 50; i++) go();
  await pause(50);
  for (let i = 0; i < 50; i++) go();
  expect(crew.threads).toBe(1);
  expect(notices).toEqual([
    'a thread was lost (it ended by itself); the computation goes on with one thread, to the same bits',
  ]);
});

test('after it was closed, a crew runs nothing', async () => {
  const { crew, go, notices } = await crewOf({ jobs: [NOTHING] });
  go();
  await Promise.all([crew.close(), crew.close()]);
  expect(go).toThrow('run: the machine was closed; open another one');
  expect(notices).toEqual([]);
});

test('job numbers may run over the end of 32 bits', async () => {
  const { go, cells, control, crew } = await crewOf({ jobs: [NOTHING, NOTHING, NOTHING] });
  for (const at of [CLAIMED, FINISHED]) Atomics.store(cells, control + at, 2 ** 31 - 30);
  for (let i = 0; i < 20; i++) go();
  expect(Atomics.load(cells, control + FINISHED)).toBe(-(2 ** 31) + 30);
  expect(crew.beats().reduce((a, b) => a + b)).toBe(60);
  expect(LANES).not.toBe(JOBS);
});
