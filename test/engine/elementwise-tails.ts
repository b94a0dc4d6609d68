/**
 * Elementwise instructions work in whole blocks of 32 bytes: behind the last element of a row they write numbers that nobody
 * reads, made of whatever lay behind the rows of their operands. Words as kernels/elementwise.ts reads them.
 */

import { REGISTER_BYTES } from '../../src/engine/plan/registers.ts';

const BLOCK_BYTES = 32;
const HEADER = 13;
const OPERAND = 6;
const STEP = 5;
const STORE = 6;

/** Where an instruction runs: the parameters of `execute` after its addresses. */
export type Place = readonly [worker: number, lane: number, tile: number, rows: number, lanes: number];

/**
 * Whether an address lies behind the last element of a row that the instruction writes.
 * @param at index of the first word after opcode and length
 */
export function elementwiseTails(
  words: Int32Array,
  at: number,
  [worker, lane, tile, rows]: Place,
): (address: number) => boolean {
  const pointer = (i: number) => words[i] + [0, worker, lane, tile][words[i + 1]] * words[i + 2];
  const times = (i: number) => words[i] * (words[i + 1] !== 0 ? rows : 1);
  const [outer, middle, columns] = [times(at + 1), times(at + 3), times(at + 5)];
  const [operands, steps, stores] = [words[at + 7], words[at + 8], words[at + 9]];
  const size = words[at] === 1 ? 8 : 4;
  const registers = pointer(at + 10);
  const stepsAt = at + HEADER + operands * OPERAND;
  const storesAt = stepsAt + steps * STEP;
  const tails = new Set<number>();
  const addTail = (row: number, elements: number) => {
    const end = row + elements * size;
    const stop = row + Math.ceil((elements * size) / BLOCK_BYTES) * BLOCK_BYTES;
    for (let address = end; address < stop; address += 4) tails.add(address);
  };
  const inLastRegister = columns % (REGISTER_BYTES / size);
  for (let step = 0; step < steps; step++) {
    const to = words[stepsAt + step * STEP + 1];
    if (to >= 0) addTail(registers + to * REGISTER_BYTES, inLastRegister);
  }
  for (let store = 0; store < stores; store++) {
    const q = storesAt + store * STORE;
    for (let o = 0; o < outer; o++)
      for (let r = 0; r < middle; r++) addTail(pointer(q + 1) + o * words[q + 4] + r * words[q + 5], columns);
  }
  return (address) => tails.has(address);
}
