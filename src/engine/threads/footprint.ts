/** What an instruction reads and writes, and about how long it takes: enough to run two at once without a change of bits. */

import type { Buffer, Count, Instruction, Pointer, Word } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import { BOTH } from '../operations/substitute.ts';

export interface Footprint {
  readonly reads: ReadonlySet<Buffer>;
  readonly writes: ReadonlySet<Buffer>;
}

/** Which words are pointers to results; those of an elementwise group follow its steps. */
const RESULTS: Readonly<Record<number, (words: readonly Word[]) => readonly number[]>> = {
  [OPCODE.elementwise]: (words) => {
    const [operands, steps, stores] = words.slice(4, 7) as [number, number, number];
    return Array.from({ length: stores }, (_, i) => 8 + 4 * operands + 5 * steps + 4 * i + 1);
  },
  [OPCODE.contract]: () => [14],
  [OPCODE.pack]: () => [6],
  [OPCODE.copy]: () => [2],
  [OPCODE.fill]: () => [0],
  [OPCODE.reduceRows]: () => [3],
  [OPCODE.reduceAxis]: () => [3],
  [OPCODE.softmax]: () => [3],
  [OPCODE.gather]: () => [2],
  [OPCODE.scatterAdd]: () => [3],
  [OPCODE.take]: () => [3],
  [OPCODE.place]: () => [3],
  [OPCODE.argmax]: () => [2],
  [OPCODE.cast]: () => [3],
  [OPCODE.sumLanes]: () => [1],
  [OPCODE.direct]: () => [12],
  [OPCODE.weighted]: () => [6],
  [OPCODE.sparseProduct]: () => [12],
  [OPCODE.finite]: () => [4],
  [OPCODE.turnRows]: () => [6],
  [OPCODE.gram]: () => [3],
  // To groups, or from groups to rows.
  [OPCODE.triangle]: (words) => [(words[1] as number) < 2 ? 4 : 2],
  [OPCODE.factor]: () => [3],
  [OPCODE.substitute]: () => [4],
  [OPCODE.sumRows]: () => [6],
  [OPCODE.turnGroups]: () => [4],
  [OPCODE.scatterProducts]: () => [11],
};

/**
 * Buffers that instructions share with others; a thread's own scratch is none of them.
 * @returns undefined for an instruction that is not known here: nothing may run beside it
 */
export function footprint({ opcode, words }: Instruction): Footprint | undefined {
  const results = RESULTS[opcode]?.(words);
  if (results === undefined) return undefined;
  const reads = new Set<Buffer>();
  const writes = new Set<Buffer>();
  for (const [i, word] of words.entries()) {
    if (!isPointer(word) || word.buffer.space === 'worker') continue;
    (results.includes(i) ? writes : reads).add(word.buffer);
  }
  return { reads, writes };
}

/** Scratch that an instruction names. */
export function scratchOf({ words }: Instruction): Buffer[] {
  return words.filter(isPointer).flatMap(({ buffer }) => (buffer.space === 'worker' ? [buffer] : []));
}

function isPointer(word: Word): word is Pointer {
  return typeof word === 'object' && 'buffer' in word;
}

/** Nanoseconds of one element or multiply-add, as measured in a step of the reference transformer, rounded. */
const COST = {
  product: 0.06,
  smallProduct: 0.15,
  /** A product of the linear algebra, mostly f64. */
  doubleProduct: 0.08,
  step: 0.5,
  /** What solving a block of a triangle adds to its products. */
  block: 100,
  lanes: 6,
  pack: 1.5,
  other: 1,
} as const;

/** Rows, and elements, of a block of f64. */
const GROUP_ROWS = 8;
const BLOCK = GROUP_ROWS * GROUP_ROWS;

/** Blocks of the groups first … first + count − 1 of a triangle. */
function blocksOf(first: number, count: number): number {
  return (count * (2 * first + count + 1)) / 2;
}

/** About how long an instruction takes, in nanoseconds; decides only how work is shared out. */
export function duration({ opcode, words }: Instruction): number {
  const times = (...indices: number[]): number =>
    indices.reduce((product, i) => product * (words[i] as Count).factor, 1);
  switch (opcode) {
    case OPCODE.elementwise:
      return COST.step * times(1, 2, 3) * (words[5] as number);
    case OPCODE.contract: {
      const loops = Array.from({ length: words[18] as number }, (_, i) => 19 + 4 * i);
      return COST.product * times(5, 6, 7, ...loops);
    }
    case OPCODE.direct: {
      const loops = Array.from({ length: words[16] as number }, (_, i) => 17 + 6 * i);
      return COST.smallProduct * times(3, 4, 5, ...loops);
    }
    case OPCODE.pack:
      return COST.pack * times(4, 5);
    case OPCODE.sparseProduct:
      return COST.product * times(3, 4, 5);
    case OPCODE.finite:
      return COST.product * times(2, 3);
    case OPCODE.turnRows:
      return COST.other * GROUP_ROWS * (words[5] as number) * (words[8] as number);
    case OPCODE.gram: {
      const [columns, , first, groups] = words.slice(2) as [number, Word, number, number];
      return COST.doubleProduct * columns * BLOCK * blocksOf(first, groups);
    }
    case OPCODE.triangle:
      return COST.other * (words[5] as number) * (words[7] as number);
    case OPCODE.factor: {
      const [from, to, , groups] = words.slice(5) as [number, number, number, number];
      const sums = (GROUP_ROWS * BLOCK * (to - from) * (to + from + 1)) / 2;
      return groups * (COST.doubleProduct * sums + COST.block * (to - from));
    }
    case OPCODE.substitute: {
      const [n, columns] = words.slice(6) as [number, number];
      return COST.doubleProduct * (words[1] === BOTH ? 1 : 0.5) * n * n * columns;
    }
    case OPCODE.sumRows:
      return COST.step * GROUP_ROWS * (words[5] as number) * (words[7] as number) * (words[10] as number);
    case OPCODE.turnGroups:
      return COST.step * BLOCK * (words[2] as number) * (words[6] as number);
    case OPCODE.scatterProducts: {
      const [k, n, groups] = [words[6], words[10], words[15]] as [number, number, number];
      return GROUP_ROWS * n * groups * (COST.doubleProduct * k + COST.step);
    }
    case OPCODE.copy:
      return COST.other * times(...Array.from({ length: words[3] as number }, (_, i) => 4 + 3 * i));
    case OPCODE.sumLanes:
      return COST.lanes * (words[2] as number);
    case OPCODE.reduceRows:
      return COST.other * times(4) * (words[5] as number);
    case OPCODE.reduceAxis:
      return COST.other * times(4) * (words[5] as number) * (words[7] as number);
    case OPCODE.cast:
      return COST.other * times(4);
    case OPCODE.fill:
      return (COST.other * times(1)) / 16;
    default:
      return 1000 * COST.other;
  }
}
