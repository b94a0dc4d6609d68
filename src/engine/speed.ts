/**
 * How fast the kernels are here, each against the limit that holds for it: multiply-adds in registers, or as many
 * bytes read and written by a mere copy or sum. One tile of 64 examples of a network of 512 hidden units, as the plan would lay it out.
 */

import { DTYPE_CODE } from './dtype.ts';
import { type KernelExports, type KernelMode, openKernels } from './kernels.ts';
import { over } from './layout.ts';
import { type Buffer, count, pitch, type Word } from './lowering.ts';
import { OPCODE, STEP } from './opcodes.ts';
import { encode } from './plan/encode.ts';
import { REGISTER_BYTES } from './plan/registers.ts';
import { type Tiles, useTiles } from './tiles.ts';

/** What bounds a kernel: arithmetic in GFLOP/s, or memory in GB/s read and written. */
export type SpeedUnit = 'GFLOP/s' | 'GB/s';

/** The speed of one kernel on one core. */
export interface KernelSpeed {
  readonly kernel: string;
  readonly rate: number;
  readonly unit: SpeedUnit;
  /** Of the limit with this unit. */
  readonly share: number;
}

/** What the processor can do at most, and what the kernels do. */
export interface SpeedReport {
  readonly limits: Readonly<Record<SpeedUnit, number>>;
  readonly kernels: readonly KernelSpeed[];
}

const EXAMPLES = 64;
const HIDDEN = 512;
const CLASSES = 113;
const F32 = 4;
const HIDDEN_BYTES = HIDDEN * F32;
const CLASS_BYTES = pitch(CLASSES) * F32;

/** Everything is measured in turn, so many times and milliseconds each: other programs may be running. */
const TURNS = 3;
const TURN_MILLISECONDS = 24;

const PAGES = 48;
const INSTRUCTION = 0x10000;
const INSTRUCTION_BYTES = 0x400;
const INDICES = 0x20000;
const OPERANDS = [0x100000, 0x180000, 0x200000, 0x280000] as const;

interface Timed {
  readonly kernel: string;
  readonly unit: SpeedUnit;
  /** Operations, or bytes, of one call, in thousands of millions. */
  readonly work: number;
  readonly call: () => void;
}

/** The fastest call of each, as work a second; the first turn is also the engine's time to optimise them. */
function ratesOf(timed: readonly Timed[]): number[] {
  const fastest = timed.map(() => Number.POSITIVE_INFINITY);
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [i, { call }] of timed.entries()) {
      const end = performance.now() + TURN_MILLISECONDS;
      for (let start = performance.now(); start < end; ) {
        call();
        const now = performance.now();
        if (now > start) fastest[i] = Math.min(fastest[i] as number, now - start);
        start = now;
      }
    }
  }
  return timed.map(({ work }, i) => (1000 * work) / (fastest[i] as number));
}

/** The numbers of one tile's instructions: products [m, n, k], rows, elements. */
function instructions(): readonly (Omit<Timed, 'call'> & { opcode: number; words: readonly Word[] })[] {
  const at = (address: number): Word => ({ buffer: fixed(address), offset: 0 });
  const [a, b, c, scratch] = OPERANDS;
  const f32 = DTYPE_CODE.f32;
  const product = (
    kernel: string,
    [m, n, k]: readonly [number, number, number],
    mode: number,
    [am, ak]: readonly [number, number],
  ) => ({
    kernel,
    unit: 'GFLOP/s' as const,
    work: (2 * m * n * k) / 1e9,
    opcode: OPCODE.contract,
    words: [
      ...[f32, 1, mode === 3 ? 1 : 0, mode, 1, count(m), count(n), count(k)],
      ...[at(a), am, ak, at(b), pitch(n) * F32, F32, at(c), pitch(n) * F32, F32, at(scratch), 0],
    ],
  });
  const moving = (kernel: string, values: number, opcode: number, words: readonly Word[]) => ({
    kernel,
    unit: 'GB/s' as const,
    work: (values * F32) / 1e9,
    opcode,
    words,
  });
  const step = (name: string, values: number) =>
    moving(name, values, OPCODE.elementwise, [
      ...[f32, count(1), count(1), count(EXAMPLES * HIDDEN), 2, 1, 1, at(scratch)],
      ...[at(a), 0, 0, 1, at(b), 0, 0, 1, STEP[name] as number, -1, 0, 1, 1, -1, at(c), 0, 0],
    ]);
  const all = EXAMPLES * HIDDEN;
  const rows = [count(EXAMPLES), HIDDEN, HIDDEN_BYTES];
  const byClass = [at(a), at(c), count(EXAMPLES), CLASSES, CLASS_BYTES];
  return [
    product('product, packed before', [EXAMPLES, CLASSES, HIDDEN], 1, [HIDDEN_BYTES, F32]),
    product('product, wide result', [EXAMPLES, HIDDEN, CLASSES], 1, [CLASS_BYTES, F32]),
    product('product over examples', [HIDDEN, CLASSES, EXAMPLES], 3, [F32, HIDDEN_BYTES]),
    step('add', 3 * all),
    step('exp', 2 * all),
    moving('softmax', 2 * EXAMPLES * CLASSES, OPCODE.softmax, [f32, 0, ...byClass]),
    moving('sum over examples', all, OPCODE.sumExamples, [f32, at(a), at(c), ...rows]),
    moving('gather', 2 * all, OPCODE.gather, [at(a), at(INDICES), at(c), count(EXAMPLES), HIDDEN_BYTES]),
    moving('scatter-add', 3 * all, OPCODE.scatterAdd, [f32, at(a), at(INDICES), at(c), ...rows]),
  ];
}

function fixed(address: number): Buffer {
  return { id: 0, space: 'static', bytes: REGISTER_BYTES, tileBytes: 0, address };
}

/** Rounds of the loops that measure the limits, enough that a clock of microseconds will do. */
const ROUNDS = 20_000;
const LANES = 4;

function limitsOf(run: KernelExports): Timed[] {
  const [from, to] = OPERANDS;
  const bytes = EXAMPLES * HIDDEN_BYTES;
  const adding = (perRound: number, call: () => void): Timed => ({
    ...{ kernel: 'limit', unit: 'GFLOP/s', call },
    work: (2 * LANES * perRound * ROUNDS) / 1e9,
  });
  const moving = (streams: number, call: () => void): Timed => ({
    ...{ kernel: 'limit', unit: 'GB/s', call },
    work: (streams * bytes) / 1e9,
  });
  return [
    adding(12, () => run.multiplyAdds12(from, ROUNDS)),
    adding(16, () => run.multiplyAdds16(from, ROUNDS)),
    moving(2, () => run.copyBlocks(from, to, bytes)),
    moving(3, () => run.addBlocks(from, to, bytes)),
  ];
}

/**
 * Measures for about a second.
 * @param mode which build of the kernels
 * @param tiles which tiles the products use
 */
export async function measureSpeed(mode: 'auto' | KernelMode, tiles: Tiles): Promise<SpeedReport> {
  const { memory, run } = await openKernels(mode);
  memory.grow(Math.max(0, PAGES - memory.buffer.byteLength / 65_536));
  useTiles(run, tiles);
  for (const address of OPERANDS)
    over(memory.buffer, 'f32', address, (EXAMPLES * HIDDEN_BYTES) / F32).fill(0.5);
  const table = over(memory.buffer, 'i32', INDICES, EXAMPLES);
  for (let i = 0; i < EXAMPLES; i++) table[i] = (7 * i) % EXAMPLES;
  const kernels = instructions().map(({ kernel, unit, work, opcode, words }, i): Timed => {
    const encoded = encode([{ opcode, words }], { worker: 0, lane: 0 }, new Set());
    const start = INSTRUCTION + i * INSTRUCTION_BYTES;
    new Int32Array(memory.buffer, start, encoded.length).set(encoded);
    const end = start + encoded.byteLength;
    return { kernel, unit, work, call: () => run.execute(start, end, 0, 0, 0, EXAMPLES, 1) };
  });
  const all = [...limitsOf(run), ...kernels];
  const rates = ratesOf(all);
  const measured = all.map(({ kernel, unit }, i) => ({ kernel, unit, rate: rates[i] as number }));
  const greatest = (unit: SpeedUnit): number =>
    Math.max(
      ...measured.filter((one) => one.kernel === 'limit' && one.unit === unit).map(({ rate }) => rate),
    );
  const limits = { 'GFLOP/s': greatest('GFLOP/s'), 'GB/s': greatest('GB/s') };
  return {
    limits,
    kernels: measured
      .filter(({ kernel }) => kernel !== 'limit')
      .map((one) => ({ ...one, share: one.rate / limits[one.unit] })),
  };
}
