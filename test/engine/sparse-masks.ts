/** The masks that a sparse product writes to its scratch: bits that are no numbers. Words as kernels/sparse.ts reads them. */

import type { Place } from './elementwise-tails.ts';

const MASK_BYTES = 8;
/** Elements that a mask names, and masks that there are at once in a sum over examples. */
const BLOCK = 64;

/**
 * Whether an address lies in the masks.
 * @param at index of the first word after opcode and length
 */
export function sparseMasks(
  words: Int32Array,
  at: number,
  [worker, lane, tile, rows]: Place,
): (address: number) => boolean {
  const times = (i: number) => words[at + i] * (words[at + i + 1] !== 0 ? rows : 1);
  const start = words[at + 25] + [0, worker, lane, tile][words[at + 26]] * words[at + 27];
  const masks = words[at + 2] === 0 ? times(3) * Math.ceil(times(7) / BLOCK) : BLOCK;
  return (address) => address >= start && address < start + masks * MASK_BYTES;
}
