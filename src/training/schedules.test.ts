import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TrainConfig } from '../config/index.ts';
import { schedule } from './schedules.ts';

type Name = TrainConfig['scheduler']['name'];

const rate = (name: Name, step: number, warmup_steps = 10, min_lr_ratio = 0.1, total_steps = 110): number =>
  schedule({ lr: 2, total_steps, scheduler: { name, warmup_steps, min_lr_ratio } })(step);

test('constant is the rate at every step', () => {
  expect([1, 50, 110, 5000].map((step) => rate('constant', step))).toEqual([2, 2, 2, 2]);
});

test('warm-up rises linearly from the first step and reaches the full rate at its last', () => {
  for (const name of ['constant_with_warmup', 'linear_with_warmup', 'cosine_with_warmup'] as const) {
    expect([1, 5, 9, 10].map((step) => rate(name, step))).toEqual([2 * (1 / 10), 1, 2 * (9 / 10), 2]);
  }
});

test('without warm-up the first step has the full rate, and warmup_steps has no effect', () => {
  for (const name of ['linear', 'cosine'] as const) {
    expect(rate(name, 1, 10)).toBe(2);
    expect(rate(name, 37, 10)).toBe(rate(name, 37, 99));
  }
});

test('a warm-up of 0 or 1 steps is none', () => {
  for (const step of [1, 2, 60]) {
    expect(rate('cosine_with_warmup', step, 0)).toBe(rate('cosine', step));
    expect(rate('cosine_with_warmup', step, 1)).toBe(rate('cosine', step));
  }
});

test('linear and cosine pass the middle of their range half way, and end at min_lr_ratio·lr', () => {
  for (const name of ['linear_with_warmup', 'cosine_with_warmup'] as const) {
    expect(rate(name, 60)).toBeCloseTo((2 + 0.2) / 2, 14);
    expect(rate(name, 110)).toBeCloseTo(0.2, 15);
    expect(rate(name, 4000)).toBe(rate(name, 110));
  }
});

test('linear falls by equal amounts, cosine as ½(1 + cos πt)', () => {
  for (let step = 10; step <= 110; step++) {
    const t = (step - 10) / 100;
    expect(rate('linear_with_warmup', step)).toBeCloseTo(0.2 + 1.8 * (1 - t), 14);
    expect(rate('cosine_with_warmup', step)).toBeCloseTo(0.2 + 0.9 * (1 + Math.cos(Math.PI * t)), 14);
  }
});

test('every schedule stays between 0 and lr, and does not rise after warm-up', () => {
  const names = [
    'constant',
    'linear',
    'cosine',
    'constant_with_warmup',
    'linear_with_warmup',
    'cosine_with_warmup',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...(names as Name[])),
      fc.nat(50),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(200),
      fc.integer({ min: 1, max: 300 }),
      (name, warmup, ratio, total, step) => {
        const here = rate(name, step, warmup, ratio, total);
        expect(here).toBeGreaterThanOrEqual(0);
        expect(here).toBeLessThanOrEqual(2);
        if (step >= warmup)
          expect(rate(name, step + 1, warmup, ratio, total)).toBeLessThanOrEqual(here + 1e-15);
      },
    ),
  );
});
