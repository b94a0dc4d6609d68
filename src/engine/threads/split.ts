/**
 * One instruction as several, each for a part of its results: run in any order, or at once, they write the bits that the
 * whole one writes. Sums are never cut: a part has whole rows or columns of a product, whole rows of a reduction.
 */

import { advance, type Count, count, type Instruction, type Pointer, type Word } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import { PANEL_BYTES } from '../operations/contraction.ts';
import { REGISTER_BYTES } from '../plan/registers.ts';

/** A part of an axis: from where, and how long. */
interface Range {
  readonly start: number;
  readonly length: number;
}

/** An axis along which an instruction can be cut, at multiples of `unit`. */
interface Axis {
  readonly length: number;
  readonly unit: number;
  part(range: Range): Word[];
}

const ELEMENT_BYTES = [4, 8, 4] as const;

/**
 * @param parts how many are wanted
 * @returns as many or fewer; the instruction itself where it cannot be cut
 */
export function split(instruction: Instruction, parts: number): Instruction[] {
  const axes = AXES[instruction.opcode]?.(instruction.words) ?? [];
  const pieces = (axis: Axis): number => Math.floor(axis.length / axis.unit);
  // The first axis that is long enough, else the longest.
  const axis = axes.find((one) => pieces(one) >= parts) ?? [...axes].sort((a, b) => pieces(b) - pieces(a))[0];
  const wanted = Math.min(parts, axis === undefined ? 1 : pieces(axis));
  if (axis === undefined || wanted < 2) return [instruction];
  return cut(axis, wanted).map((range) => ({ opcode: instruction.opcode, words: axis.part(range) }));
}

function cut({ length, unit }: Axis, parts: number): Range[] {
  const units = Math.floor(length / unit);
  return Array.from({ length: parts }, (_, i) => {
    const start = Math.floor((i * units) / parts) * unit;
    const end = i === parts - 1 ? length : Math.floor(((i + 1) * units) / parts) * unit;
    return { start, length: end - start };
  });
}

/** The words with some of them replaced, by their index. */
function replace(words: readonly Word[], changes: Readonly<Record<number, Word>>): Word[] {
  return words.map((word, i) => changes[i] ?? word);
}

function at(words: readonly Word[], i: number, bytes: number): Pointer {
  return advance(words[i] as Pointer, bytes);
}

/** An axis counted by word `i`, unless it runs over the examples of a tile. */
function axisOf(
  words: readonly Word[],
  i: number,
  unit: number,
  changes: (range: Range) => Readonly<Record<number, Word>>,
): Axis[] {
  const { factor, rows } = words[i] as Count;
  if (rows) return [];
  const part = (range: Range): Word[] => replace(words, { [i]: count(range.length), ...changes(range) });
  return [{ length: factor, unit, part }];
}

const elementwise = (words: readonly Word[]): Axis[] => {
  const [operands, steps, stores] = words.slice(4, 7) as [number, number, number];
  const size = ELEMENT_BYTES[words[0] as 0 | 1 | 2];
  const operandAt = Array.from({ length: operands }, (_, i) => 8 + 4 * i);
  const storeAt = Array.from({ length: stores }, (_, i) => 8 + 4 * operands + 5 * steps + 4 * i);
  if (words.length !== 8 + 4 * operands + 5 * steps + 4 * stores) return [];
  // What is written over may be read only where it is written.
  const safe = storeAt.every((store) =>
    operandAt.every((operand) => {
      const [to, from] = [words[store + 1] as Pointer, words[operand] as Pointer];
      if (to.buffer !== from.buffer) return true;
      return (
        to.offset === from.offset &&
        words[store + 2] === words[operand + 1] &&
        words[store + 3] === words[operand + 2] &&
        words[operand + 3] === 1
      );
    }),
  );
  if (!safe) return [];
  /** All pointers moved by a number of steps of an axis: 1 outer, 2 middle, 3 inner. */
  const moved = (axis: 1 | 2 | 3, start: number): Record<number, Word> => {
    const changes: Record<number, Word> = {};
    for (const i of operandAt) {
      const stride = axis === 3 ? (words[i + 3] as number) * size : (words[i + axis] as number);
      changes[i] = at(words, i, start * stride);
    }
    for (const i of storeAt) {
      const stride = axis === 3 ? size : (words[i + 1 + axis] as number);
      changes[i + 1] = at(words, i + 1, start * stride);
    }
    return changes;
  };
  return [
    ...axisOf(words, 1, 1, ({ start }) => moved(1, start)),
    // Whole registers, so that whole vectors are stored.
    ...axisOf(words, 3, REGISTER_BYTES / size, ({ start }) => moved(3, start)),
    ...axisOf(words, 2, 1, ({ start }) => moved(2, start)),
  ];
};

/** Modes of the product that use or pack b where they find it; the others cannot be cut apart here. */
const IN_PLACE = 0;
const PACKED_ON_THE_WAY = 2;

const contract = (words: readonly Word[]): Axis[] => {
  const [dtype, , , mode, whole] = words.slice(0, 5) as number[];
  const loops = words[18] as number;
  if (words.length !== 19 + 4 * loops || (mode !== IN_PLACE && mode !== PACKED_ON_THE_WAY)) return [];
  const size = ELEMENT_BYTES[dtype as 0 | 1];
  const stride = (i: number): number => words[i] as number;
  const columns = words[6] as Count;
  const rowAxis = axisOf(words, 5, 4, ({ start }) => ({
    8: at(words, 8, start * stride(9)),
    14: at(words, 14, start * stride(15)),
  }));
  const columnAxis = axisOf(words, 6, PANEL_BYTES / size, ({ start, length }) => ({
    // Only the last part may store a whole panel where its columns end.
    4: start + length === columns.factor ? (whole as number) : 0,
    11: at(words, 11, start * stride(13)),
    14: at(words, 14, start * stride(16)),
  }));
  const loopAxes = Array.from({ length: loops }, (_, i) => 19 + 4 * i)
    // A loop that stays at one result sums.
    .filter((loop) => words[loop + 3] !== 0)
    .flatMap((loop) =>
      axisOf(words, loop, 1, ({ start }) => ({
        8: at(words, 8, start * stride(loop + 1)),
        11: at(words, 11, start * stride(loop + 2)),
        14: at(words, 14, start * stride(loop + 3)),
      })),
    );
  // Every part packs the columns it reads: those of its own are least.
  if (mode === PACKED_ON_THE_WAY) return [...loopAxes, ...columnAxis];
  return [...loopAxes, ...rowAxis, ...columnAxis];
};

const direct = (words: readonly Word[]): Axis[] => {
  const loops = Array.from({ length: words[16] as number }, (_, i) => 17 + 6 * i);
  // An index names rows by their place in the loop.
  if (words.length !== 17 + 6 * loops.length || loops.some((loop) => words[loop + 4] !== 0)) return [];
  const stride = (i: number): number => words[i] as number;
  const rowAxis = axisOf(words, 3, 4, ({ start }) => ({
    6: at(words, 6, start * stride(7)),
    12: at(words, 12, start * stride(13)),
  }));
  const loopAxes = loops
    // A loop that stays at one result sums.
    .filter((loop) => words[loop + 3] !== 0)
    .flatMap((loop) =>
      axisOf(words, loop, 1, ({ start }) => ({
        6: at(words, 6, start * stride(loop + 1)),
        9: at(words, 9, start * stride(loop + 2)),
        12: at(words, 12, start * stride(loop + 3)),
      })),
    );
  return [...rowAxis, ...loopAxes];
};

const pack = (words: readonly Word[]): Axis[] => {
  const size = ELEMENT_BYTES[words[0] as 0 | 1];
  const { factor: depth, rows } = words[4] as Count;
  if (rows) return [];
  // Wide tiles read two panels as one: a part begins where both layouts begin a panel.
  return axisOf(words, 5, (2 * PANEL_BYTES) / size, ({ start }) => ({
    1: at(words, 1, start * (words[3] as number)),
    6: at(words, 6, start * size * depth),
  }));
};

const copy = (words: readonly Word[]): Axis[] =>
  axisOf(words, 4, 1, ({ start }) => ({
    1: at(words, 1, start * (words[5] as number)),
    2: at(words, 2, start * (words[6] as number)),
  }));

const fill = (words: readonly Word[]): Axis[] =>
  axisOf(words, 1, 1024, ({ start }) => ({ 0: at(words, 0, start) }));

const cast = (words: readonly Word[]): Axis[] =>
  axisOf(words, 4, 64, ({ start }) => ({
    2: at(words, 2, start * ELEMENT_BYTES[words[0] as 0 | 1 | 2]),
    3: at(words, 3, start * ELEMENT_BYTES[words[1] as 0 | 1 | 2]),
  }));

const reduceRows = (words: readonly Word[]): Axis[] => {
  const size = ELEMENT_BYTES[words[0] as 0 | 1];
  const [rowBytes, run, runBytes] = words.slice(6, 9) as [number, number, number];
  return axisOf(words, 4, run === 0 ? 8 : run, ({ start }) => ({
    2: at(words, 2, start * rowBytes),
    3: at(words, 3, run === 0 ? start * size : (start / run) * runBytes),
  }));
};

const sumLanes = (words: readonly Word[]): Axis[] => {
  const size = ELEMENT_BYTES[words[0] as 0 | 1];
  const part = ({ start, length }: Range): Word[] =>
    replace(words, { 1: at(words, 1, start * size), 2: length });
  return [{ length: words[2] as number, unit: 256, part }];
};

/** Groups of rows or columns by the number of the first, at word `first`, and their count behind it. */
const groups = (words: readonly Word[], first: number): Axis[] => {
  const [begin, length] = words.slice(first, first + 2) as [number, number];
  const part = (range: Range): Word[] =>
    replace(words, { [first]: begin + range.start, [first + 1]: range.length });
  return [{ length, unit: 1, part }];
};

const factor = (words: readonly Word[]): Axis[] => {
  const [to, first] = words.slice(6, 8) as [number, number];
  // Blocks beside the diagonal wait for those on it.
  return first < to ? [] : groups(words, 7);
};

/** Right-hand sides that are solved together: each part reads the whole factor. */
const COLUMNS_TOGETHER = 20;

const substitute = (words: readonly Word[]): Axis[] => {
  const size = ELEMENT_BYTES[words[0] as 0 | 1];
  const [columns, whole] = words.slice(7, 9) as [number, number];
  const panel = PANEL_BYTES / size;
  const panels = Math.ceil(columns / panel);
  const parts = Math.max(2, Math.round((panels * panel) / COLUMNS_TOGETHER));
  const part = ({ start, length }: Range): Word[] => {
    const last = start + length >= columns;
    return replace(words, {
      3: at(words, 3, start * size),
      4: at(words, 4, start * size),
      7: last ? columns - start : length,
      8: last ? whole : 0,
    });
  };
  return [{ length: panels * panel, unit: Math.ceil(panels / parts) * panel, part }];
};

const AXES: Readonly<Record<number, (words: readonly Word[]) => Axis[]>> = {
  [OPCODE.elementwise]: elementwise,
  [OPCODE.contract]: contract,
  [OPCODE.direct]: direct,
  [OPCODE.pack]: pack,
  [OPCODE.copy]: copy,
  [OPCODE.fill]: fill,
  [OPCODE.cast]: cast,
  [OPCODE.reduceRows]: reduceRows,
  [OPCODE.sumLanes]: sumLanes,
  [OPCODE.turnRows]: (words) => groups(words, 7),
  [OPCODE.gram]: (words) => groups(words, 4),
  [OPCODE.triangle]: (words) => groups(words, 6),
  [OPCODE.factor]: factor,
  [OPCODE.substitute]: substitute,
  [OPCODE.sumRows]: (words) => groups(words, 9),
  [OPCODE.turnGroups]: (words) => groups(words, 5),
  [OPCODE.scatterProducts]: (words) => groups(words, 14),
};
