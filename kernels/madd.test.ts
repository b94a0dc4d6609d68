/** Fused multiply-add, by the instruction and emulated, against exact integers. */

import { beforeAll, describe, expect, test } from 'vitest';
import { Stream } from '../src/engine/philox.ts';
import { type ElementaryKernels, openAllElementaryKernels, type Width } from '../test/kernels/elementary.ts';
import { F32, F64, fromBits, fromBits32 } from '../test/oracles/binary-floats.ts';
import { fusedMultiplyAdd } from '../test/oracles/fused-multiply-add.ts';

type Triple = [number, number, number];

let kernels: ElementaryKernels[];

beforeAll(async () => {
  kernels = await openAllElementaryKernels();
});

const formats = { 32: F32, 64: F64 };
const round = { 32: Math.fround, 64: (x: number) => x };
const least = { 32: 2 ** -149, 64: 2 ** -1074 };
const normal = { 32: 2 ** -126, 64: 2 ** -1022 };
const unit = { 32: 2 ** -23, 64: 2 ** -52 };

/** Triples that are wrong in the last bit, or in kind, if anything is rounded twice. */
class Triples {
  readonly #stream = new Stream(3, 'fused multiply-add');
  readonly #width: Width;

  constructor(width: Width) {
    this.#width = width;
  }

  #below(n: number): number {
    return this.#stream.integer(n);
  }

  #sign(): number {
    return this.#below(2) ? 1 : -1;
  }

  /** Any bit pattern, NaN and infinities among them. */
  anyBits(): number {
    const upper = this.#stream.uint32();
    return this.#width === 32
      ? fromBits32(upper)
      : fromBits((BigInt(upper) << 32n) | BigInt(this.#stream.uint32()));
  }

  /** Zeros, infinities, NaN, the ends of the range, and factors whose product lies at them. */
  special(): number {
    const w = this.#width;
    const edges = [0, Infinity, Number.NaN, least[w], normal[w], normal[w] - least[w], formats[w].greatest];
    const root = w === 32 ? [2 ** -75, 2 ** 64] : [2 ** -537, 2 ** 512];
    const values = [...edges, ...root, 1, 1 + unit[w], 1.5];
    return this.#sign() * values[this.#below(values.length)];
  }

  /** Few bits: products with ties and exact cancellations are frequent. */
  #short(): number {
    const range = this.#width === 32 ? 60 : 400;
    return this.#sign() * (1 + this.#below(2 ** this.#below(20))) * 2 ** (this.#below(range) - range / 2);
  }

  #long(): number {
    return this.#sign() * (1 + this.#stream.uniform()) * 2 ** (this.#below(21) - 10);
  }

  /** An addend near the product: cancelling, at half a unit, far apart, or at the edge of the subnormals. */
  #addend(product: number): number {
    const w = this.#width;
    switch (this.#below(5)) {
      case 0:
        return -product;
      case 1:
        return -product * (1 + this.#below(8) * unit[w]);
      case 2:
        return (this.#sign() * product * unit[w]) / 2;
      case 3:
        return product * 2 ** (this.#below(120) - 60);
      default:
        return this.#sign() * normal[w] * 2 ** -this.#below(w === 32 ? 24 : 53);
    }
  }

  close(): Triple {
    const to = round[this.#width];
    const tiny = this.#below(3) ? 1 : 2 ** -this.#below(this.#width === 32 ? 80 : 600);
    const a = to(tiny * (this.#below(2) ? this.#short() : this.#long()));
    const b = to(tiny * (this.#below(2) ? this.#short() : this.#long()));
    return [a, b, to(this.#addend(to(a * b)))];
  }
}

const SAMPLES = 20_000;
const families: [string, (triples: Triples) => Triple][] = [
  ['any bit patterns', (t) => [t.anyBits(), t.anyBits(), t.anyBits()]],
  ['zeros, infinities, NaN and the ends of the range', (t) => [t.special(), t.special(), t.special()]],
  ['an end of the range with any others', (t) => [t.special(), t.anyBits(), t.special()]],
  ['sums that cancel, tie or leave the normal range', (t) => t.close()],
];

describe.each([32, 64] as const)('f%i', (width) => {
  test.each(families)('madd rounds once: %s', (_, draw) => {
    const source = new Triples(width);
    const triples = Array.from({ length: SAMPLES }, () => draw(source));
    const [a, b, c] = [0, 1, 2].map((place) => triples.map((triple) => triple[place]));
    const expected = triples.map(([x, y, z]) => fusedMultiplyAdd(x, y, z, formats[width]));
    for (const kernel of kernels) {
      const results = kernel.fused(width, a, b, c);
      const wrong = triples.flatMap((triple, index) =>
        Object.is(results[index], expected[index])
          ? []
          : [{ arithmetic: kernel.arithmetic, triple, result: results[index], expected: expected[index] }],
      );
      expect(wrong).toEqual([]);
    }
  });

  test('maddScalar gives the bits of madd', () => {
    const source = new Triples(width);
    for (const kernel of kernels) {
      for (let sample = 0; sample < 500; sample++) {
        const [a, b, c] = source.close();
        expect(kernel.fusedScalar(width, a, b, c)).toBe(kernel.fused(width, [a], [b], [c])[0]);
      }
    }
  });
});

test('the oracle rounds as the language does where the language rounds once', () => {
  const source = new Triples(64);
  for (let sample = 0; sample < 2_000; sample++) {
    const [a, b] = [source.anyBits(), source.anyBits()];
    expect(fusedMultiplyAdd(1, a, b, F64)).toBe(a + b);
    if (a * b !== 0) expect(fusedMultiplyAdd(a, b, 0, F64)).toBe(a * b);
    const [x, y] = [Math.fround(source.close()[0]), Math.fround(source.close()[1])];
    expect(fusedMultiplyAdd(x, 1, y, F32)).toBe(Math.fround(x + y));
  }
});
