import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isMet, targetInWords } from '../../bench/measurement.mjs';
import { measurements } from '../../bench/measurements.mjs';
import { readableJson } from '../../bench/readable-json.mjs';
import { median, timedInTurns } from '../../bench/statistics.mjs';
import { root } from '../../scripts/run.mjs';

test('each measurement is a file of its name', () => {
  const files = readdirSync(join(root, 'bench'));
  expect(measurements.map(({ name }) => `${name}.mjs`).filter((file) => !files.includes(file))).toEqual([]);
  expect(new Set(measurements.map(({ name }) => name)).size).toBe(measurements.length);
});

test('a name that nobody measures lists those there are, with exit code 2, before anything is built', () => {
  const run = () =>
    execFileSync(process.execPath, ['bench/index.mjs', 'speed'], {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  expect(run).toThrow(
    expect.objectContaining({
      status: 2,
      stderr: expect.stringContaining(measurements[0].about),
    }),
  );
});

test('a target is met on its bound and not beyond it', () => {
  const result = { what: '', unit: 's', raw: [] };
  expect(isMet({ ...result, value: 4, target: { atMost: 4 } })).toBe(true);
  expect(isMet({ ...result, value: 4.01, target: { atMost: 4 } })).toBe(false);
  expect(isMet({ ...result, value: 74.9, target: { atLeast: 75 } })).toBe(false);
  expect(isMet({ ...result, value: Number.NaN, target: { atMost: 4 } })).toBe(false);
  expect(isMet({ ...result, value: 4 })).toBeUndefined();
  expect(targetInWords({ ...result, value: 0, target: { atMost: 4 } })).toBe('≤ 4 s');
});

test('jobs take turns, and rounds that warm up do not count', () => {
  const order: string[] = [];
  const times = timedInTurns(
    { a: () => order.push('a'), b: () => order.push('b') },
    { rounds: 3, warmUp: 1 },
  );
  expect(order.join('')).toBe('abababab');
  expect(times.a.wall_ms).toHaveLength(3);
  expect(times.b.cpu_ms).toHaveLength(3);
});

test('the median does not depend on order, and lies between the middle two of an even number', () => {
  expect(median([5, 1, 100])).toBe(5);
  expect(median([4, 1, 100, 2])).toBe(3);
});

test('readable JSON is JSON, with one line for each list of numbers', () => {
  const value = { a: [1, 2.5, null], b: { c: [], d: 'x"y' }, e: [{ f: true }], g: undefined };
  const text = readableJson(value);
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
  expect(text).toContain('  "a": [1, 2.5, null],\n');
  expect(text.endsWith('}\n')).toBe(true);
});
