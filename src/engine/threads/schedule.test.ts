import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Buffer, count, type Instruction, type Space } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import { schedule } from './schedule.ts';

const buffersOf = (space: Space): Buffer[] =>
  Array.from({ length: 6 }, (_, id) => ({ id, space, bytes: 64, tileBytes: 0, address: 64 * id }));
const [buffers, scratch] = [buffersOf('static'), buffersOf('worker')];

const UNKNOWN = 9999;
const pointer = (buffer: Buffer | undefined) => ({ buffer: buffer as Buffer, offset: 0 });

/** Copies between six buffers, and now and then an instruction of which nothing is known. */
const lists = fc.array(
  fc.record({
    from: fc.nat(5),
    to: fc.nat(5),
    unknown: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  }),
  { minLength: 1, maxLength: 40 },
);

function instructionsOf(list: typeof lists extends fc.Arbitrary<infer T> ? T : never): Instruction[] {
  return list.map(({ from, to, unknown }) =>
    unknown
      ? { opcode: UNKNOWN, words: [pointer(buffers[to])] }
      : { opcode: OPCODE.copy, words: [4, pointer(buffers[from]), pointer(buffers[to]), 1, count(1), 4, 4] },
  );
}

/** What the buffers hold in the end: from where, through which instructions. An unknown one reads and writes all. */
function outcome(instructions: readonly Instruction[], numbers: ReadonlyMap<Instruction, number>): string[] {
  let values = buffers.map(({ id }) => `${id}`);
  for (const instruction of instructions) {
    const number = numbers.get(instruction);
    const ids = instruction.words.flatMap((word) =>
      typeof word === 'object' && 'buffer' in word ? [word.buffer.id] : [],
    );
    if (instruction.opcode === UNKNOWN) values = values.map(() => `${number}(${values})`);
    else values[ids[1] as number] = `${number}(${values[ids[0] as number]})`;
    values = values.map((text) => (text.length > 200 ? `${text.slice(0, 90)}…${text.slice(-90)}` : text));
  }
  return values;
}

test('jobs of a phase in any order leave what the list leaves, and nothing runs beside what is unknown', () => {
  let phasesOfMany = 0;
  fc.assert(
    fc.property(lists, fc.nat(), (list, turn) => {
      const instructions = instructionsOf(list);
      const numbers = new Map(instructions.map((one, i) => [one, i]));
      const phases = schedule(instructions, 3, { phase: 0, job: 0 });
      expect(phases.flat(2)).toHaveLength(instructions.length);
      const turned = phases.flatMap((jobs) => {
        if (jobs.length > 1) phasesOfMany++;
        const first = turn % jobs.length;
        return [...jobs.slice(first), ...jobs.slice(0, first)].reverse().flat();
      });
      expect(outcome(turned, numbers)).toEqual(outcome(instructions, numbers));
    }),
    { numRuns: 500 },
  );
  expect(phasesOfMany).toBeGreaterThan(100);
});

/** Copies of a million elements each, which do not depend on each other. */
const long = (i: number, through?: Buffer): Instruction => ({
  opcode: OPCODE.copy,
  words: [
    ...[4, pointer(through ?? buffers[i]), pointer(buffers[i + 1]), 2],
    ...[count(1000), 4000, 4000, count(1000), 4, 4],
  ],
});

test('long work is shared out in jobs that leave no thread idle, short work is not', () => {
  const [jobs, ...rest] = schedule([long(0), long(2), long(4)], 2);
  expect(rest).toEqual([]);
  expect(jobs?.length).toBeGreaterThanOrEqual(8);
  const short: Instruction = { opcode: OPCODE.fill, words: [pointer(buffers[0]), count(64)] };
  expect(schedule([short, short, short], 2)).toEqual([[[short, short, short]]]);
  expect(schedule([], 2)).toEqual([]);
});

test('one thread gets the list as it is, and so do all where scratch is handed on', () => {
  const list = [long(0), long(2)];
  expect(schedule(list, 1)).toEqual([[list]]);
  const handedOn = [long(0, scratch[0]), long(2, scratch[0])];
  expect(schedule(handedOn, 2)).toEqual([[handedOn]]);
});
