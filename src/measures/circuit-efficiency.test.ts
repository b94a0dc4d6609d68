import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Stream } from '../engine/philox.ts';
import { circuitFlops, marginEfficiency } from './circuit-efficiency.ts';
import { logitMargins } from './logit-margin.ts';

test('the margin is the lead over the best rival, whatever is added to all logits', () => {
  const logits = [3, 1, -2, 0, 5, 4, 1, 1, 1];
  expect([...logitMargins(logits, [0, 2, 1], 3)]).toEqual([2, -1, 0]);
  expect([
    ...logitMargins(
      logits.map((z) => z + 64),
      [0, 2, 1],
      3,
    ),
  ]).toEqual([2, -1, 0]);
});

test('norm per margin counts correct examples only', () => {
  const efficiency = marginEfficiency([3, 1, 0, 5, 7, 0], [0, 0, 0], 2, 18, 2);
  expect(efficiency).toEqual({
    correct: 2,
    meanMargin: 4.5,
    normPerMargin: 4,
    marginPerNormPower: 4.5 / 324,
  });
});

test('without a correct example there is no margin', () => {
  const { correct, normPerMargin } = marginEfficiency([0, 1], [0], 2, 1, 1);
  expect(correct).toBe(0);
  expect(normPerMargin).toBe(Number.NaN);
});

/** Logits of a two-layer ReLU network without biases on random examples: homogeneous of degree 2. */
function twoLayerLogits(scale: number): { logits: Float64Array; norm: number } {
  const stream = new Stream(8, 'two-layer');
  const [x, w1, w2] = [6 * 4, 4 * 5, 5 * 3].map((n) => stream.normals(n));
  const logits = new Float64Array(6 * 3);
  for (let e = 0; e < 6; e++) {
    for (let h = 0; h < 5; h++) {
      let sum = 0;
      for (let i = 0; i < 4; i++) sum += x[e * 4 + i] * scale * w1[i * 5 + h];
      for (let c = 0; c < 3; c++) logits[e * 3 + c] += Math.max(sum, 0) * scale * w2[h * 3 + c];
    }
  }
  const squares = [...w1, ...w2].reduce((sum, w) => sum + w * w, 0);
  return { logits, norm: scale * Math.sqrt(squares) };
}

test('of a network of degree L, margin/‖θ‖ᴸ is blind to a scaling of all weights, ‖θ‖/margin is not', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 10, noNaN: true }), (scale) => {
      const labels = [0, 1, 2, 0, 1, 2];
      const [one, scaled] = [1, scale].map((s) => {
        const { logits, norm } = twoLayerLogits(s);
        return marginEfficiency(logits, labels, 3, norm, 2);
      });
      expect(scaled.correct).toBe(one.correct);
      expect(one.correct).toBeGreaterThan(0);
      expect(scaled.marginPerNormPower / one.marginPerNormPower).toBeCloseTo(1, 10);
      expect((scaled.normPerMargin / one.normPerMargin) * scale).toBeCloseTo(1, 10);
    }),
  );
});

test('FLOPs are two for each weight of the subset', () => {
  expect(circuitFlops(226, 0, 113)).toBe(0);
  expect(circuitFlops(3, 5, 7)).toBe(2 * (3 * 5 + 5 * 7));
});

test('a degree that is no whole number is refused', () => {
  expect(() => marginEfficiency([0, 1], [0], 2, 1, 1.5)).toThrow(
    'the degree of homogeneity must be a whole number of at least 1, got 1.5',
  );
  expect(() => logitMargins([1, 2], [0, 0], 1)).toThrow('at least 2 are needed');
});
