import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isBalanced } from '../../test/figures/well-formed.ts';
import { normLossFigure } from './norm-loss-panel.ts';
import { thinnedPath } from './thinned-path.ts';

const steps = Array.from({ length: 50 }, (_, i) => 10 * i);
const path = steps.map((step) => ({ step, x: 50 - step / 20, y: Math.log10(4 / (1 + step)) }));

const dot = (svg: string) => {
  const [, x, y] = /<circle class="fill-ink" cx="([\d.]+)" cy="([\d.]+)"/.exec(svg) ?? [];
  return [Number(x), Number(y)];
};

test('the dot goes with the step that is shown: smaller weights to the left, smaller losses below', () => {
  const [early, late] = [0, 400].map((shown) => dot(normLossFigure(path, shown)));
  expect(late[0]).toBeLessThan(early[0]);
  expect(late[1]).toBeGreaterThan(early[1]);
  // Between two evaluations the one before is shown.
  expect(dot(normLossFigure(path, 405))).toEqual(late);
});

test('a loss of exactly 0, a single evaluation and a narrow page are drawn', () => {
  const collapsed = path.map((point, i) => ({ ...point, y: i > 40 ? -30 : point.y }));
  for (const width of [240, 560]) expect(isBalanced(normLossFigure(collapsed, 490, { width }))).toBe(true);
  expect(isBalanced(normLossFigure([{ step: 0, x: 3, y: 0 }], 0))).toBe(true);
});

test('a thinned path begins and ends where the path does and leaves out only what is near', () => {
  const points = fc.array(
    fc.record({ x: fc.integer({ max: 300, min: 0 }), y: fc.integer({ max: 300, min: 0 }) }),
    {
      minLength: 1,
      maxLength: 60,
    },
  );
  fc.assert(
    fc.property(points, fc.integer({ min: 1, max: 40 }), (all, near) => {
      const kept = [...thinnedPath(all, near).matchAll(/[ML](\d+),(\d+)/g)].map(([, x, y]) => [
        Number(x),
        Number(y),
      ]);
      expect(kept[0]).toEqual([all[0].x, all[0].y]);
      expect(kept.at(-1)).toEqual([all[all.length - 1].x, all[all.length - 1].y]);
      for (const { x, y } of all) {
        expect(Math.min(...kept.map(([u, v]) => Math.hypot(u - x, v - y)))).toBeLessThan(near);
      }
    }),
  );
});
