import fc from 'fast-check';
import { expect, test } from 'vitest';
import { panned, timeScale, zoomed } from './time-scale.ts';

const scales = fc
  .tuple(fc.boolean(), fc.integer({ min: 1, max: 500 }))
  .map(([log, first]) => timeScale(log, first));

test('a scale grows with the step, from 0 on, and its inverse gives the step back', () => {
  fc.assert(
    fc.property(scales, fc.nat(1e6), fc.nat(1e6), ({ forward, backward }, step, other) => {
      expect(backward(forward(step))).toBeCloseTo(step, 4);
      if (step < other) expect(forward(step)).toBeLessThan(forward(other));
    }),
  );
});

test('a decade is as wide as any other once the first step is past', () => {
  const { forward } = timeScale(true, 20);
  expect(forward(2000) - forward(200)).toBeCloseTo(1, 12);
  expect(forward(200) - forward(20)).toBeCloseTo(1, 12);
  expect(forward(20) - forward(0)).toBeLessThan(0.3);
});

test('ticks lie in the view, ascend, and do not crowd: 0 is one of them where it is seen', () => {
  const view = fc
    .tuple(fc.nat(1e5), fc.integer({ min: 10, max: 1e5 }))
    .map(([from, length]) => [from, from + length] as const);
  fc.assert(
    fc.property(scales, view, ({ ticks }, [from, to]) => {
      const drawn = ticks(from, to, 600).map(({ step }) => step);
      expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
      for (const step of drawn) expect(step >= from && step <= to * (1 + 1e-9)).toBe(true);
      expect(ticks(0, to, 600)[0]).toEqual({ step: 0, label: '0' });
      expect(ticks(from, to, 600).filter(({ label }) => label !== '').length).toBeLessThan(40);
    }),
  );
});

test('zooming keeps the step under the pointer, zooming out again ends at the whole', () => {
  const scale = timeScale(true, 10);
  const whole = [0, 10_000] as const;
  const near = zoomed(whole, whole, scale, 1000, 4);
  const place = (view: readonly [number, number]) =>
    (scale.forward(1000) - scale.forward(view[0])) / (scale.forward(view[1]) - scale.forward(view[0]));
  expect(place(near)).toBeCloseTo(place(whole), 9);
  expect(near[1] - near[0]).toBeLessThan(10_000);
  expect(zoomed(near, whole, scale, 1000, 1 / 10)).toEqual(whole);
});

test('panning keeps the length of a view and stops at the ends', () => {
  const scale = timeScale(false, 10);
  const whole = [0, 1000] as const;
  expect(panned([200, 400], whole, scale, 0.5)).toEqual([300, 500]);
  expect(panned([700, 900], whole, scale, 5)).toEqual([800, 1000]);
  expect(panned([100, 300], whole, scale, -3)).toEqual([0, 200]);
});
