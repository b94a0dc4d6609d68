/** Reading of fixtures, and comparison of tensors with them. */

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** A fixture of test/fixtures, whose maker describes its form. */
export function readFixture<Case>(name: string): [string, Case][] {
  const text = readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
  return Object.entries(JSON.parse(text) as Record<string, Case>);
}

/** Norm, sum and four entries of a tensor (summary in formula.py). */
export interface Summary {
  norm: number;
  sum: number;
  entries: number[];
}

function expectWithin(what: string, actual: number, expected: number, allowed: number): void {
  // Written so that NaN fails; the message holds what a reader needs.
  if (!(Math.abs(actual - expected) <= allowed)) {
    expect.fail(`${what}: expected ${expected} within ${allowed}, got ${actual}`);
  }
  expect(actual).not.toBeNaN();
}

/** Every element within tolerance·(largest expected magnitude of the tensor). */
export function expectClose(
  what: string,
  actual: ArrayLike<number>,
  expected: readonly number[],
  tolerance: number,
): void {
  expect(actual.length, `${what}: number of elements`).toBe(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  for (const [i, value] of expected.entries()) {
    expectWithin(`${what}[${i}]`, actual[i] as number, value, tolerance * scale);
  }
}

/** Norm, sum and entries within the tolerance, relative to the norm and the mean size of an element. */
export function expectSummary(
  what: string,
  actual: ArrayLike<number>,
  expected: Summary,
  tolerance: number,
): void {
  const values = Array.from(actual);
  const n = values.length;
  const norm = Math.sqrt(values.reduce((total, x) => total + x * x, 0));
  const sum = values.reduce((total, x) => total + x, 0);
  expectWithin(`norm of ${what}`, norm, expected.norm, tolerance * expected.norm);
  expectWithin(`sum of ${what}`, sum, expected.sum, tolerance * expected.norm * Math.sqrt(n));
  const places = [0, Math.floor(n / 3), Math.floor(n / 2), n - 1];
  for (const [k, place] of places.entries()) {
    const entry = expected.entries[k] as number;
    const scale = Math.max(Math.abs(entry), expected.norm / Math.sqrt(n));
    expectWithin(`${what}[${place}]`, values[place] as number, entry, tolerance * scale);
  }
}
