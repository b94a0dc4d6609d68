// Philox4x32-10, the counter-based generator of J. Salmon et al., Parallel random numbers: as easy as 1, 2, 3 (SC 2011),
// bit for bit that of Random123 and of kernels/philox.ts, and the named streams that the host draws from it.

import { refuse } from './errors.ts';
import { normalQuantile } from './normal-quantile.ts';

export type PhiloxCounter = readonly [number, number, number, number];
export type PhiloxKey = readonly [number, number];

const ROUNDS = 10;

/** Upper half of the 64-bit product of two u32. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const other = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + (middle >>> 16) + (other >>> 16)) >>> 0;
}

/** The block of four u32 at a counter of four u32 under a key of two u32. */
export function philox4x32(counter: PhiloxCounter, key: PhiloxKey): [number, number, number, number] {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const next0 = multiplyHigh(0xcd9e8d57, c2) ^ c1 ^ k0;
    const next2 = multiplyHigh(0xd2511f53, c0) ^ c3 ^ k1;
    c1 = Math.imul(0xcd9e8d57, c2);
    c3 = Math.imul(0xd2511f53, c0);
    c0 = next0 >>> 0;
    c2 = next2 >>> 0;
    k0 = (k0 + 0x9e3779b9) >>> 0; // 2³²·(golden ratio − 1)
    k1 = (k1 + 0xbb67ae85) >>> 0; // 2³²·(√3 − 1)
  }
  return [c0, c1 >>> 0, c2, c3 >>> 0];
}

/** 32-bit FNV-1a of the name's UTF-8 bytes. */
function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** The key of the streams of this name under this seed (u32): the seed, and the FNV-1a hash of the name. */
export function streamKey(seed: number, name: string): PhiloxKey {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    refuse('streamKey', `the seed must be an integer from 0 to 4294967295, got ${seed}; choose one of those`);
  }
  return [seed, hashName(name)];
}

function requireCount(operation: string, n: number, most: number): void {
  if (!Number.isInteger(n) || n < 0 || n > most) {
    refuse(operation, `expected a whole number from 0 to ${most}, got ${n}; give one of those`);
  }
}

/**
 * A sequence of random numbers fixed by (seed, name, counter), the same on every machine. Word w of the sequence is
 * word w mod 4 of the Philox block with counter words (block low, block high, counter low, counter high), block = ⌊w/4⌋.
 * Streams of different names, seeds or counters do not overlap (names: unless their 32-bit hashes agree).
 */
export class Stream {
  readonly #key: PhiloxKey;
  readonly #counter: readonly [number, number];
  #block = 0;
  #words: readonly number[] = [];
  #used = 4;

  /** seed: u32; name: what is drawn, as 'split'; counter: which of its draws, as a step (0 to 2⁵³ − 1). */
  constructor(seed: number, name: string, counter = 0) {
    requireCount('Stream: counter', counter, Number.MAX_SAFE_INTEGER);
    this.#key = streamKey(seed, name);
    this.#counter = [counter >>> 0, Math.floor(counter / 2 ** 32)];
  }

  /** The next u32. */
  uint32(): number {
    if (this.#used === 4) {
      const [low, high] = this.#counter;
      this.#words = philox4x32([this.#block >>> 0, Math.floor(this.#block / 2 ** 32), low, high], this.#key);
      this.#block++;
      this.#used = 0;
    }
    return this.#words[this.#used++];
  }

  /** Uniform on [0, 1): the next two words give 53 bits, 27 from the first. */
  uniform(): number {
    const upper = this.uint32() >>> 5;
    return (upper * 2 ** 26 + (this.uint32() >>> 6)) / 2 ** 53;
  }

  /** Standard normal: the quantile of (k + ½)/2⁵², k the next 52 bits; |x| ≤ 8.2. */
  normal(): number {
    const upper = this.uint32() >>> 6;
    return normalQuantile((upper * 2 ** 26 + (this.uint32() >>> 6) + 0.5) / 2 ** 52);
  }

  /** Uniform on 0, …, bound − 1 (1 ≤ bound ≤ 2³²), without bias: words in the last, incomplete round are drawn again. */
  integer(bound: number): number {
    if (bound === 0)
      refuse('Stream.integer', 'expected a bound from 1 to 4294967296, got 0; nothing lies below it');
    requireCount('Stream.integer: bound', bound, 2 ** 32);
    const fair = 2 ** 32 - (2 ** 32 % bound);
    let word = this.uint32();
    while (word >= fair) word = this.uint32();
    return word % bound;
  }

  /** 0, …, n − 1 in random order (Fisher and Yates, from the end; n < 2³¹). */
  permutation(n: number): Int32Array {
    requireCount('Stream.permutation', n, 2 ** 31 - 1);
    const order = Int32Array.from({ length: n }, (_, index) => index);
    for (let last = n - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const kept = order[last];
      order[last] = order[other];
      order[other] = kept;
    }
    return order;
  }

  /** The next n uniform numbers. */
  uniforms(n: number): Float64Array {
    requireCount('Stream.uniforms', n, 2 ** 31 - 1);
    return Float64Array.from({ length: n }, () => this.uniform());
  }

  /** The next n standard normal numbers. */
  normals(n: number): Float64Array {
    requireCount('Stream.normals', n, 2 ** 31 - 1);
    return Float64Array.from({ length: n }, () => this.normal());
  }
}
