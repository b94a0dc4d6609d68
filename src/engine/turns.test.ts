import { expect, test } from 'vitest';
import { cosineOfTurns } from './turns.ts';

test('the cosine of a number of turns agrees with Math.cos as far as 2π·turns can be rounded', () => {
  for (let i = -4000; i <= 4000; i++) {
    const turns = i / 1000;
    const roundingOfAngle = 4e-16 * Math.abs(2 * Math.PI * turns);
    expect(Math.abs(cosineOfTurns(turns) - Math.cos(2 * Math.PI * turns))).toBeLessThan(
      3e-16 + roundingOfAngle,
    );
  }
});

test('known values to the last digits', () => {
  expect(Math.abs(cosineOfTurns(1 / 8) - Math.SQRT1_2)).toBeLessThan(2e-16);
  expect(Math.abs(cosineOfTurns(1 / 5) - (Math.sqrt(5) - 1) / 4)).toBeLessThan(2e-16);
  expect(Math.abs(cosineOfTurns(1 / 12) - Math.sqrt(3) / 2)).toBeLessThan(2e-16);
  expect(Math.abs(cosineOfTurns(1 / 3 + 2 ** 20) + 0.5)).toBeLessThan(1e-9); // 2²⁰ + ⅓ itself is rounded
});

test('quarter turns are exact', () => {
  expect([0, 0.25, 0.5, 0.75, 1, -0.5, 7].map(cosineOfTurns)).toEqual(
    [1, 0, -1, -0, 1, -1, 1].map((x) => x + 0),
  );
});

test('the p-th parts of a turn sum to zero', () => {
  for (const p of [7, 53, 113]) {
    let total = 0;
    for (let m = 0; m < p; m++) total += cosineOfTurns(m / p);
    expect(Math.abs(total)).toBeLessThan(1e-13);
  }
});
