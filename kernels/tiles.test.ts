/** Matrix products by the narrow and by the wide tiles: the same bits, and those of the definition. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BYTES } from '../src/engine/dtype.ts';
import { type Kernels, openKernels } from '../src/engine/kernels.ts';
import { over, type Values } from '../src/engine/layout.ts';
import { pitch } from '../src/engine/lowering.ts';
import { OPCODE } from '../src/engine/opcodes.ts';
import { Stream } from '../src/engine/philox.ts';
import { chain, type Float } from '../test/oracles/defined-sums.ts';

/** A product as the plan writes it down; `mode` as in src/engine/operations/contraction.ts. */
interface Product {
  readonly dtype: Float;
  readonly mode: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly add: boolean;
  /** Whether rows of the result are padded, so that a last panel may be stored whole. */
  readonly padded: boolean;
  /** Whether b lies transposed (where it is packed). */
  readonly transposed: boolean;
}

const INSTRUCTION = 0x10000;
const A = 0x40000;
const B = 0x80000;
const C = 0xc0000;
const SCRATCH = 0x110000;
const BEFORE = 64;
const PAGES = 32;
const PANEL_BYTES = 32;

const once = (times: number): number[] => [times, 0];
const at = (address: number): number[] => [address, 0, 0];

function open(mode: 'fused' | 'emulated'): Promise<Kernels | undefined> {
  return openKernels(mode).catch(() => undefined);
}

/** Runs one instruction. */
function execute({ memory, run }: Kernels, opcode: number, words: readonly number[]): void {
  new Int32Array(memory.buffer, INSTRUCTION).set([opcode, words.length, ...words]);
  run.execute(INSTRUCTION, INSTRUCTION + 4 * (words.length + 2), 0, 0, 0, 0, 1);
}

/** Fills memory with the same numbers each time and runs the product; the result and what lies around it. */
function result(kernels: Kernels, product: Product, tiles: 0 | 1): Values {
  const { dtype, mode, m, n, k, add, padded, transposed } = product;
  const size = BYTES[dtype];
  const { memory, run } = kernels;
  if (memory.buffer.byteLength < PAGES * 65_536) memory.grow(PAGES - memory.buffer.byteLength / 65_536);
  const numbers = over(memory.buffer, dtype, A, (SCRATCH - A) / size);
  numbers.set(random[dtype].subarray(0, numbers.length));
  run.useTiles(tiles);
  const rowOfA = (mode === 3 ? pitch(m) : k) * size;
  const [am, ak] = mode === 3 ? [size, rowOfA] : [rowOfA, size];
  const rowOfB = (transposed ? k : n + 3) * size;
  const [bk, bn] = transposed ? [size, rowOfB] : [rowOfB, size];
  const rowOfC = (padded ? Math.ceil((n * size) / PANEL_BYTES) * PANEL_BYTES : (n + 1) * size) / size;
  if (mode === 1)
    execute(kernels, OPCODE.pack, [DTYPE[dtype], ...at(B), bk, bn, ...once(k), ...once(n), ...at(SCRATCH)]);
  execute(kernels, OPCODE.contract, [
    ...[DTYPE[dtype], 1, add ? 1 : 0, mode, padded ? 1 : 0],
    ...[...once(m), ...once(n), ...once(k)],
    ...[...at(A), am, ak],
    ...[...at(mode === 1 ? SCRATCH : B), bk, bn],
    ...[...at(C + BEFORE), rowOfC * size, size],
    ...[...at(SCRATCH), 0],
  ]);
  return over(memory.buffer, dtype, C, BEFORE / size + m * rowOfC + 16).slice();
}

const DTYPE = { f32: 0, f64: 1 } as const;
const stream = new Stream(1, 'products');
const doubles = Float64Array.from(
  { length: (SCRATCH - A) / 4 },
  () => (stream.uniform() - 0.5) * 2 ** (stream.integer(9) - 4),
);
const random = { f32: Float32Array.from(doubles), f64: doubles };

const bits = (values: Values): string => Buffer.from(values.buffer).toString('base64');

const products: fc.Arbitrary<Product> = fc
  .record({
    dtype: fc.constantFrom<Float>('f32', 'f64'),
    mode: fc.integer({ min: 0, max: 3 }),
    m: fc.integer({ min: 1, max: 21 }),
    n: fc.integer({ min: 1, max: 53 }),
    k: fc.integer({ min: 1, max: 40 }),
    add: fc.boolean(),
    padded: fc.boolean(),
    transposed: fc.boolean(),
  })
  .map((p) => ({ ...p, transposed: p.transposed && p.mode !== 0 }));

describe.each(['fused', 'emulated'] as const)('%s', (mode) => {
  test('narrow and wide tiles give the same bits for every shape, mode and layout', async () => {
    const kernels = await open(mode);
    if (kernels === undefined) return;
    fc.assert(
      fc.property(products, (product) => {
        expect(bits(result(kernels, product, 1))).toBe(bits(result(kernels, product, 0)));
      }),
      { numRuns: 600, seed: 4 },
    );
  });

  test('wide tiles give the chains of the definition and write nothing beside the result', async () => {
    const kernels = await open(mode);
    if (kernels === undefined) return;
    fc.assert(
      fc.property(products, (product) => {
        const { dtype, m, n, k, add, padded, transposed } = product;
        const size = BYTES[dtype];
        const [a, b, before] = [A, B, C].map((start) => random[dtype].subarray((start - A) / size));
        const [am, ak] = product.mode === 3 ? [1, pitch(m)] : [k, 1];
        const [bk, bn] = transposed ? [1, k] : [n + 3, 1];
        const wide = result(kernels, product, 1);
        const expected = before.slice(0, wide.length);
        const row = padded ? (Math.ceil((n * size) / PANEL_BYTES) * PANEL_BYTES) / size : n + 1;
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < row; j++) {
            const place = BEFORE / size + i * row + j;
            const of = (x: Values, start: number, step: number) =>
              Float64Array.from({ length: k }, (_, l) => x[start + l * step]);
            if (j < n)
              expected[place] = chain(of(a, i * am, ak), of(b, j * bn, bk), dtype, add ? before[place] : 0);
            else if (padded) expected[place] = wide[place]; // what stands in padding is arbitrary
          }
        }
        expect([...wide]).toEqual([...expected]);
      }),
      { numRuns: 25, seed: 4 },
    );
  });
});
