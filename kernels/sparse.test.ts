/** Products that skip zeros: the bits of the tiles, whatever the operands hold. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Kernels, openKernels } from '../src/engine/kernels.ts';
import { pitch } from '../src/engine/lowering.ts';
import { OPCODE } from '../src/engine/opcodes.ts';
import { Stream } from '../src/engine/philox.ts';

/** A product of hidden units of some examples with rows of b; `over` sums over the examples, else over the units. */
interface Product {
  readonly over: boolean;
  readonly examples: number;
  readonly units: number;
  readonly columns: number;
  /** Added to what stands there; a sum over examples always is. */
  readonly add: boolean;
  /** Share of a that is not 0. */
  readonly density: number;
  /** What else stands in a, and in b. */
  readonly odd: readonly [number, number];
}

const INSTRUCTION = 0x10000;
const A = 0x20000;
const B = 0x60000;
const C = 0xa0000;
const SCRATCH = 0xe0000;
const MASKS = 0x120000;
const FLAG = 0x12f000;
const PAGES = 20;
const F32 = 4;

const once = (times: number): number[] => [times, 0];
const at = (address: number): number[] => [address, 0, 0];

function execute({ memory, run }: Kernels, opcode: number, words: readonly number[]): void {
  new Int32Array(memory.buffer, INSTRUCTION).set([opcode, words.length, ...words]);
  run.execute(INSTRUCTION, INSTRUCTION + 4 * (words.length + 2), 0, 0, 0, 0, 1);
}

const stream = new Stream(3, 'sparse');
/** Of several magnitudes, so that products fall below the normal range; and what decides which of them become 0. */
const random = Float32Array.from(
  { length: (SCRATCH - A) / F32 },
  () => (stream.uniform() - 0.5) * 2 ** -(60 * stream.integer(3)),
);
const chance = Float32Array.from({ length: (B - A) / F32 }, () => stream.uniform());

/** The same numbers each time: some of a are zeros of both signs, one place in a and b holds something odd. */
function fill({ memory }: Kernels, { over, examples, units, columns, density, odd }: Product): void {
  if (memory.buffer.byteLength < PAGES * 65_536) memory.grow(PAGES - memory.buffer.byteLength / 65_536);
  const all = new Float32Array(memory.buffer, A, random.length);
  all.set(random);
  for (let i = 0; i < chance.length; i++)
    if ((chance[i] as number) >= density) all[i] = 0 * (all[i] as number);
  const rows = over ? examples : units;
  all[(examples >> 1) * pitch(units) + (units >> 1)] = odd[0];
  all[(B - A) / F32 + (rows >> 1) * pitch(columns) + (columns >> 1)] = odd[1];
}

/** The product by the tiles, or skipping zeros; only its columns, for what stands in padding is arbitrary. */
function result(kernels: Kernels, product: Product, sparse: boolean): string {
  const { over, examples, units, columns, add } = product;
  fill(kernels, product);
  const [m, k] = over ? [units, examples] : [examples, units];
  const [unit, row] = [F32, pitch(units) * F32];
  const [am, ak] = over ? [unit, row] : [row, unit];
  const bk = pitch(columns) * F32;
  if (!over) {
    execute(kernels, OPCODE.pack, [0, ...at(B), bk, F32, ...once(k), ...once(columns), ...at(SCRATCH)]);
    execute(kernels, OPCODE.finite, [...at(B), bk, ...once(k), ...once(columns), ...at(FLAG)]);
  }
  const counts = [...once(m), ...once(columns), ...once(k)];
  const [adds, a, c] = [over || add ? 1 : 0, [...at(A), am, ak], [...at(C), bk]];
  if (sparse) {
    const rest = [...at(B), bk, ...at(SCRATCH), ...c, ...at(MASKS), ...at(over ? MASKS : FLAG)];
    execute(kernels, OPCODE.sparseProduct, [0, adds, over ? 1 : 0, ...counts, ...a, ...rest]);
  } else {
    const [mode, b] = over ? [3, B] : [1, SCRATCH];
    const rest = [...at(b), bk, F32, ...c, F32, ...at(SCRATCH), 0];
    execute(kernels, OPCODE.contract, [0, 1, adds, mode, 1, ...counts, ...a, ...rest]);
  }
  const rows = Array.from(
    { length: m },
    (_, i) => new Uint8Array(kernels.memory.buffer, C + i * bk, columns * F32),
  );
  return Buffer.concat(rows).toString('base64');
}

const numbers = fc.constantFrom(0, -0, 1, 2 ** -140, 3e38, Number.POSITIVE_INFINITY, Number.NaN);

const products: fc.Arbitrary<Product> = fc.record({
  over: fc.boolean(),
  examples: fc.integer({ min: 1, max: 64 }),
  units: fc.integer({ min: 16, max: 200 }),
  columns: fc.integer({ min: 9, max: 130 }),
  add: fc.boolean(),
  density: fc.constantFrom(0, 0.02, 0.3, 0.5, 0.6, 1),
  odd: fc.tuple(numbers, numbers),
});

describe.each(['fused', 'emulated'] as const)('%s', (mode) => {
  test.each([0, 1] as const)('zeros are skipped without a change of a bit, with tiles %i', async (tiles) => {
    const kernels = await openKernels(mode).catch(() => undefined);
    if (kernels === undefined) return;
    kernels.run.useTiles(tiles);
    fc.assert(
      fc.property(products, (product) => {
        expect(result(kernels, product, true)).toBe(result(kernels, product, false));
      }),
      { numRuns: mode === 'fused' ? 300 : 60, seed: 5 },
    );
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('%d in b is seen through zeros of a', async (odd) => {
    const kernels = await openKernels(mode).catch(() => undefined);
    if (kernels === undefined) return;
    for (const over of [false, true]) {
      const size = { examples: 64, units: 64, columns: 40 };
      const bytes = result(kernels, { over, ...size, add: false, density: 0, odd: [0, odd] }, true);
      const found = new Float32Array(new Uint8Array(Buffer.from(bytes, 'base64')).buffer);
      expect(found.some(Number.isNaN)).toBe(true);
    }
  });
});
