// Uniform numbers for each example, from the same blocks of Philox as dropout masks.

import { pointer, tile, times, word } from './context';
import { philox, uniform32 } from './philox';

/**
 * One row per example, in [0, 1): the top 24 bits of each word of Philox, four elements a block (a shorter last block of a
 * row runs over into the next, written after it).
 */
export function uniform(at: usize): void {
  const dtype = word(at, 0);
  const to = pointer(at, 1);
  const n = times(at, 4), size = word(at, 6);
  const seed = load<u32>(pointer(at, 7)), step = load<u32>(pointer(at, 10));
  const stream = <u32>word(at, 13);
  const bytes = dtype == 1 ? 8 : 4;
  for (let r = 0; r < n; r++) {
    const slot = <u32>(tile * 64 + r);
    const row = to + <usize>(r * size * bytes);
    for (let j = 0; j < size; j += 4) {
      const block = row + <usize>(j * bytes);
      const left = min(4, size - j);
      philox(<u32>(j >> 2), slot, step, 0, seed, stream, block);
      // Bits of doubles lie in the low half of the block: widen them from the last.
      for (let e = left - 1; e >= 0; e--) {
        const x = uniform32(load<u32>(block + (<usize>e << 2)));
        if (dtype == 1) store<f64>(block + (<usize>e << 3), <f64>x);
        else store<f32>(block + (<usize>e << 2), x);
      }
    }
  }
}
