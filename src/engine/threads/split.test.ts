import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type KernelExports, openKernels } from '../kernels.ts';
import { type Buffer, count, type Instruction, type Pointer, type Space, type Word } from '../lowering.ts';
import { OPCODE, STEP } from '../opcodes.ts';
import { encode } from '../plan/encode.ts';
import { type Footprint, footprint } from './footprint.ts';
import { split } from './split.ts';

const { memory, run } = await openKernels();
memory.grow(512);
const base = run.heapBase() + 4096;
const CODE = 30_000_000;

/** Buffers one after the other, with room for whole vectors at the end of each. */
class Layout {
  top = base;
  readonly shared: Buffer[] = [];

  place(bytes: number, space: Space = 'static'): Pointer {
    const buffer = { id: this.top, space, bytes: bytes + 64, tileBytes: 0, address: this.top };
    this.top += (bytes + 127) & ~63;
    if (space !== 'worker') this.shared.push(buffer);
    return { buffer, offset: 0 };
  }
}

function execute(kernels: KernelExports, instructions: readonly Instruction[], laneBytes: number): void {
  for (const instruction of instructions) {
    const own = new Set(
      instruction.words.flatMap((word) =>
        typeof word === 'object' && 'buffer' in word && word.buffer.space === 'lane' ? [word.buffer] : [],
      ),
    );
    const words = encode([instruction], { worker: 0, lane: laneBytes }, own);
    new Int32Array(memory.buffer, CODE, words.length).set(words);
    kernels.execute(CODE, CODE + words.byteLength, 0, 0, 0, 0, 5);
  }
}

/** Memory of the layout from a seed: ordinary numbers in f32 and f64 alike, small integers among the bytes. */
function scatter(layout: Layout, seed: number): void {
  const bits = new Uint32Array(memory.buffer, base, (layout.top - base) >> 2);
  let state = seed >>> 0;
  for (let i = 0; i < bits.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    // 1 … 4 as f32, and about 1 … 2 as the high half of an f64.
    bits[i] = 0x3f800000 | (state >>> 9);
  }
}

function snapshot(buffers: readonly Buffer[]): string {
  return buffers
    .map(({ address, bytes }) => Buffer.from(memory.buffer, address, bytes).toString('base64'))
    .join('\n');
}

const size = (dtype: number): number => (dtype === 1 ? 8 : 4);
const padded = (n: number): number => (n <= 8 ? n : (n + 7) & ~7);

type Case = { instruction: Instruction; layout: Layout; laneBytes?: number };

const elementwise = fc
  .record({
    dtype: fc.constantFrom(0, 1),
    outer: fc.integer({ min: 1, max: 5 }),
    middle: fc.integer({ min: 1, max: 4 }),
    inner: fc.integer({ min: 1, max: 1500 }),
    inPlace: fc.boolean(),
  })
  .map(({ dtype, outer, middle, inner, inPlace }): Case => {
    const layout = new Layout();
    const columns = padded(inner);
    const [row, block] = [columns * size(dtype), columns * middle * size(dtype)];
    const [a, b, c] = [layout.place(block * outer), layout.place(row), layout.place(64)];
    const to = inPlace ? a : layout.place(block * outer);
    const also = layout.place(block * outer);
    const dense = (pointer: Pointer): Word[] => [pointer, block, row, 1];
    const whole = columns % 8 === 0;
    return {
      layout,
      instruction: {
        opcode: OPCODE.elementwise,
        words: [
          ...[dtype, count(outer), count(middle), count(columns), 3, 2, 2, layout.place(4096, 'worker')],
          ...dense(a),
          ...[b, 0, 0, 1],
          ...[c, 0, 0, 0],
          ...[STEP.mulAdd as number, 0, 0, 1, 2],
          ...[STEP.div as number, whole ? -2 : 1, 3, 0, 0],
          ...[0, also, block, row],
          ...[whole ? -1 : 1, to, block, row],
        ],
      },
    };
  });

const contract = fc
  .record({
    dtype: fc.constantFrom(0, 1),
    m: fc.integer({ min: 1, max: 40 }),
    n: fc.integer({ min: 1, max: 70 }),
    k: fc.integer({ min: 1, max: 20 }),
    mode: fc.constantFrom(0, 2),
    add: fc.constantFrom(0, 1),
    heads: fc.integer({ min: 1, max: 3 }),
    summed: fc.integer({ min: 1, max: 2 }),
  })
  .map(({ dtype, m, n, k, mode, add, heads, summed }): Case => {
    const layout = new Layout();
    const bytes = size(dtype);
    const [aRow, row] = [padded(k) * bytes, padded(n) * bytes];
    const whole = (padded(n) * bytes) % 32 === 0 ? 1 : 0;
    const a = layout.place(aRow * m * heads * summed);
    const b = layout.place(row * k * heads * summed);
    const c = layout.place(row * m * heads);
    return {
      layout,
      instruction: {
        opcode: OPCODE.contract,
        words: [
          ...[dtype, 1, summed > 1 ? 1 : add, mode, whole],
          ...[count(m), count(n), count(k)],
          ...[a, aRow, bytes, b, row, bytes, c, row, bytes],
          ...[layout.place(padded(n) * bytes * (k + 4), 'worker'), 2],
          ...[count(summed), aRow * m * heads, row * k * heads, 0],
          ...[count(heads), aRow * m, row * k, row * m],
        ],
      },
    };
  });

/** Sums along rows, outer products and products of any strides. */
const direct = fc
  .record({
    dtype: fc.constantFrom(0, 1),
    kind: fc.constantFrom(0, 1, 2),
    m: fc.integer({ min: 1, max: 20 }),
    n: fc.integer({ min: 1, max: 7 }),
    k: fc.integer({ min: 8, max: 40 }),
    add: fc.constantFrom(0, 1),
    heads: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ dtype, kind, m, n: few, k: long, add, heads }): Case => {
    const layout = new Layout();
    const bytes = size(dtype);
    // An outer product has one summed index and long rows; the others sum along rows of both operands.
    const [n, k] = kind === 2 ? [long, 1] : [few, long];
    const [aRow, bRow, cRow] = [padded(k) * bytes, padded(k) * bytes, padded(n) * bytes];
    const a = layout.place(aRow * m * heads);
    const b = layout.place(Math.max(bRow * n, cRow * k) * heads);
    const c = layout.place(cRow * m * heads);
    const [bk, bn] = kind === 2 ? [0, bytes] : [bytes, bRow];
    const bHead = kind === 2 ? cRow : bRow * n;
    return {
      layout,
      instruction: {
        opcode: OPCODE.direct,
        words: [
          ...[dtype, kind, add, count(m), count(n), count(k)],
          ...[a, aRow, bytes, b, bk, bn, c, cRow, bytes],
          ...[layout.place(128, 'worker'), 1],
          ...[count(heads), aRow * m, bHead, cRow * m, 0, c],
        ],
      },
    };
  });

const pack = fc
  .record({
    dtype: fc.constantFrom(0, 1),
    n: fc.integer({ min: 1, max: 90 }),
    k: fc.integer({ min: 1, max: 9 }),
    turned: fc.boolean(),
  })
  .map(({ dtype, n, k, turned }): Case => {
    const layout = new Layout();
    const bytes = size(dtype);
    const [bk, bn] = turned ? [bytes, padded(k) * bytes] : [padded(n) * bytes, bytes];
    const from = layout.place(padded(n) * padded(k) * bytes);
    const to = layout.place(Math.ceil((n * bytes) / 32) * 32 * k);
    return {
      layout,
      instruction: { opcode: OPCODE.pack, words: [dtype, from, bk, bn, count(k), count(n), to] },
    };
  });

const rest = fc
  .record({
    kind: fc.constantFrom('copy', 'fill', 'cast', 'reduceRows', 'reduceRuns', 'sumLanes'),
    dtype: fc.constantFrom(0, 1),
    rows: fc.integer({ min: 1, max: 60 }),
    n: fc.integer({ min: 1, max: 40 }),
  })
  .map(({ kind, dtype, rows, n }): Case => {
    const layout = new Layout();
    const bytes = size(dtype);
    const row = padded(n) * bytes;
    if (kind === 'sumLanes') {
      const elements = rows * padded(n) * 4;
      const laneBytes = (elements * bytes + 127) & ~63;
      const lanes = layout.place(laneBytes * 8, 'lane');
      return {
        layout,
        laneBytes,
        instruction: { opcode: OPCODE.sumLanes, words: [dtype, lanes, elements] },
      };
    }
    const [from, to] = [layout.place(row * rows * 4), layout.place(row * rows * 4)];
    const words: Record<string, Word[]> = {
      copy: [bytes, from, to, 2, count(rows), row, bytes, count(n), bytes, padded(rows) * bytes],
      fill: [to, count(rows * row)],
      cast: [dtype, 1 - dtype, from, layout.place(rows * n * 8), count(rows * n)],
      reduceRows: [dtype, 0, from, to, count(rows), n, row, 0, 0],
      // Three rows of results, each in a row of its own.
      reduceRuns: [dtype, 1, from, to, count(3 * rows), n, row, rows, padded(rows) * bytes],
    };
    const opcode = kind === 'reduceRuns' ? OPCODE.reduceRows : OPCODE[kind as 'copy'];
    return { layout, instruction: { opcode, words: words[kind] as Word[] } };
  });

test.each(Object.entries({ elementwise, contract, direct, pack, rest }))(
  'the parts of an instruction, in any order, leave the bits of the whole: %s',
  (_, cases) => {
    let cut = 0;
    fc.assert(
      fc.property(
        cases,
        fc.integer({ min: 2, max: 9 }),
        fc.integer(),
        ({ instruction, layout, laneBytes = 0 }, parts, seed) => {
          scatter(layout, seed);
          const { writes } = footprint(instruction) as Footprint;
          const untouched = layout.shared.filter((buffer) => !writes.has(buffer));
          const before = snapshot(untouched);
          execute(run, [instruction], laneBytes);
          expect(snapshot(untouched)).toBe(before);
          const whole = snapshot(layout.shared);
          scatter(layout, seed);
          const pieces = split(instruction, parts);
          expect(pieces.length).toBeLessThanOrEqual(parts);
          if (pieces.length > 1) cut++;
          const turn = Math.abs(seed) % pieces.length;
          execute(run, [...pieces.slice(turn), ...pieces.slice(0, turn)].reverse(), laneBytes);
          expect(snapshot(layout.shared)).toBe(whole);
        },
      ),
      { numRuns: 200 },
    );
    expect(cut).toBeGreaterThan(20);
  },
);

test('an instruction that it does not know stays whole', () => {
  const instruction = { opcode: 9999, words: [0, count(1000)] };
  expect(split(instruction, 4)).toEqual([instruction]);
});
