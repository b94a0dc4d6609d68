/** Writes a stage's instructions as the words the kernels read. */

import { bug } from '../errors.ts';
import type { Buffer, Instruction, Word } from '../lowering.ts';

/** Strides by which the addresses of a space step. */
export interface SpaceStrides {
  readonly worker: number;
  readonly lane: number;
}

const KIND = { static: 0, worker: 1, lane: 2, tile: 3 } as const;

function strideOf(buffer: Buffer, strides: SpaceStrides): number {
  if (buffer.space === 'worker') return strides.worker;
  if (buffer.space === 'lane') return strides.lane;
  return buffer.space === 'tile' ? buffer.tileBytes : 0;
}

function encodeWord(word: Word, strides: SpaceStrides, own: ReadonlySet<Buffer>): number[] {
  if (typeof word === 'number') return [word];
  if ('factor' in word) return [word.factor, word.rows ? 1 : 0];
  if (word.buffer.address < 0) bug('a buffer was not placed');
  const address = word.buffer.address + word.offset;
  // Sums of earlier stages are read, from whatever lane, in the first one: it holds the total.
  if (word.buffer.space === 'lane' && !own.has(word.buffer)) return [address, KIND.static, 0];
  return [address, KIND[word.buffer.space], strideOf(word.buffer, strides)];
}

/**
 * Opcode, number of words, words; one instruction after the other.
 * @param own the accumulators this stage adds into
 */
export function encode(
  instructions: readonly Instruction[],
  strides: SpaceStrides,
  own: ReadonlySet<Buffer>,
): Int32Array {
  const words: number[] = [];
  for (const instruction of instructions) {
    const body = instruction.words.flatMap((word) => encodeWord(word, strides, own));
    words.push(instruction.opcode, body.length, ...body);
  }
  return Int32Array.from(words);
}
