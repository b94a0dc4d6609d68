import fc from 'fast-check';
import { expect, test } from 'vitest';
import { metricsTail, type TailPosition } from './metrics-tail.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (part: Uint8Array) => new TextDecoder().decode(part);
const header = 'step,split,loss,accuracy\n';

/** What a reader holds after it has looked at each state of the file in turn. */
function follow(states: readonly string[]): string {
  let held = '';
  let position: TailPosition | undefined;
  for (const state of states) {
    const tail = metricsTail(bytes(state), 'run-1', position);
    held = held.slice(0, tail.from) + textOf(tail.bytes);
    position = { from: tail.end, edition: tail.edition };
  }
  return held;
}

const line = fc.nat(999).map((step) => `${step},train,1,0.5\n`);

test('whoever looks again and again holds the whole lines, wherever the writer was at each look', () => {
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat(400)), (lines, cuts) => {
      const text = header + lines.join('');
      const looks = [...cuts.sort((a, b) => a - b).map((cut) => text.slice(0, cut)), text];
      expect(follow(looks)).toBe(text);
    }),
  );
});

test('a new column rewrites the lines before it, and the reader begins again', () => {
  const before = `${header}0,train,1,0.5\n`;
  const after = `step,split,loss,accuracy,gini\n0,train,1,0.5,\n1,train,1,0.5,0.25\n`;
  expect(follow([before, after])).toBe(after);
});

test('a resumed run that took rows back is read again', () => {
  const long = `${header}0,train,1,0.5\n1,train,1,0.5\n`;
  const short = `${header}0,train,1,0.5\n`;
  expect(follow([long, short])).toBe(short);
  expect(follow([long, short, long])).toBe(long);
});

test('another run in the same folder is read from its beginning', () => {
  const { end, edition } = metricsTail(bytes(`${header}0,train,1,0.5\n`), 'run-1');
  const other = `${header}0,train,2,0.1\n1,train,2,0.1\n`;
  expect(textOf(metricsTail(bytes(other), 'run-2', { from: end, edition }).bytes)).toBe(other);
});

test('positions that no reader can have come to are read from the beginning', () => {
  const text = `${header}0,train,1,0.5\n`;
  const { edition } = metricsTail(bytes(text), 'run-1');
  for (const from of [3, text.length + 1]) {
    expect(metricsTail(bytes(text), 'run-1', { from, edition }).from).toBe(0);
  }
});
