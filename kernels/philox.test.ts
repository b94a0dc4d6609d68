/** Philox in the kernels: the known answers of Random123, and the same blocks as on the host's side. */

import { beforeAll, expect, test } from 'vitest';
import { philox4x32, Stream } from '../src/engine/philox.ts';
import { type ElementaryKernels, openElementaryKernels } from '../test/kernels/elementary.ts';
import { PHILOX_ANSWERS } from '../test/oracles/philox-answers.ts';

let kernel: ElementaryKernels;

beforeAll(async () => {
  kernel = await openElementaryKernels('emulated');
});

const unsigned = (words: readonly number[]) => words.map((word) => word >>> 0);

test.each(PHILOX_ANSWERS)(
  'counter $counter under key $key gives the known answer',
  ({ counter, key, answer }) => {
    expect(unsigned(kernel.philox(counter, key))).toEqual(answer);
  },
);

test('kernel and host draw the same blocks', () => {
  const stream = new Stream(0, 'counters');
  const word = () => stream.uint32();
  for (let sample = 0; sample < 500; sample++) {
    const counter = [word(), word(), word(), word()] as const;
    const key = [word(), word()] as const;
    expect(unsigned(kernel.philox(counter, key))).toEqual(philox4x32(counter, key));
  }
});

test('uniform32 takes the top 24 bits and stays below 1', () => {
  expect(kernel.uniformOf(0)).toBe(0);
  expect(kernel.uniformOf(255)).toBe(0);
  expect(kernel.uniformOf(256)).toBe(2 ** -24);
  expect(kernel.uniformOf(0x80000000)).toBe(0.5);
  expect(kernel.uniformOf(0xffffffff)).toBe(1 - 2 ** -24);
});
