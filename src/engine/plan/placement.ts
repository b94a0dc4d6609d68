/** Places the scratch buffers of a stage: two whose lives do not overlap may share memory. First fit by start of life. */

import type { Buffer, Instruction } from '../lowering.ts';

export const ALIGNMENT = 64;

export function alignUp(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

interface Life {
  readonly buffer: Buffer;
  readonly from: number;
  to: number;
}

function isPointer(word: unknown): word is { buffer: Buffer; offset: number } {
  return typeof word === 'object' && word !== null && 'buffer' in word;
}

/** All buffers that instructions name. */
export function buffersOf(instructions: readonly Instruction[]): Buffer[] {
  const found = new Set<Buffer>();
  for (const instruction of instructions)
    for (const word of instruction.words) if (isPointer(word)) found.add(word.buffer);
  return [...found];
}

/**
 * Assigns addresses, relative to the worker's scratch, to the worker buffers of a list of instructions.
 * @returns bytes of scratch needed
 */
export function placeScratch(instructions: readonly Instruction[]): number {
  const lives = new Map<Buffer, Life>();
  for (const [i, instruction] of instructions.entries()) {
    for (const word of instruction.words) {
      if (!isPointer(word) || word.buffer.space !== 'worker') continue;
      const life = lives.get(word.buffer);
      if (life === undefined) lives.set(word.buffer, { buffer: word.buffer, from: i, to: i });
      else life.to = i;
    }
  }
  let needed = 0;
  const placed: Life[] = [];
  for (const life of lives.values()) {
    const overlapping = placed
      .filter((other) => other.to >= life.from && other.from <= life.to)
      .sort((a, b) => a.buffer.address - b.buffer.address);
    let address = 0;
    for (const other of overlapping) {
      if (address + life.buffer.bytes <= other.buffer.address) break;
      address = Math.max(address, alignUp(other.buffer.address + other.buffer.bytes));
    }
    life.buffer.address = address;
    placed.push(life);
    needed = Math.max(needed, alignUp(address + life.buffer.bytes));
  }
  return needed;
}
