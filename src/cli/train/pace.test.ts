import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

test('nothing is known of a pace before a second moment', () => {
  const pace = new Pace();
  expect(pace.rate).toBeNaN();
  pace.observe(0, 10);
  expect(pace.rate).toBeNaN();
});

test('a steady pace is known exactly, however dense the steps', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 3000 }),
      fc.double({ min: 0.1, max: 5000, noNaN: true }),
      (steps, rate) => {
        const pace = new Pace();
        for (let step = 0; step <= steps; step++) pace.observe(step, step / rate);
        expect(pace.rate).toBeCloseTo(rate, 6);
      },
    ),
  );
});

test('a change of pace is followed within seconds', () => {
  const pace = new Pace();
  for (let step = 0; step <= 1000; step++) pace.observe(step, step / 100);
  for (let step = 1; step <= 100; step++) pace.observe(1000 + step, 10 + step / 10);
  expect(pace.rate).toBeCloseTo(10, 1);
});
