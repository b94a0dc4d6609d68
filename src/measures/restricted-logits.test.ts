import { expect, test } from 'vitest';
import { Stream } from '../engine/philox.ts';
import { meanCrossEntropy } from './cross-entropy.ts';
import { excludedLoss, restrictedLogits, restrictedLoss } from './restricted-logits.ts';

const sums = (p: number) => Int32Array.from({ length: p * p }, (_, i) => (Math.floor(i / p) + (i % p)) % p);
const everything = (p: number) => Int32Array.from({ length: p * p }, (_, i) => i);

/** Σ_k amplitude·cos w_k(a + b − c) over the keys, plus an offset for each class. */
function idealLogits(p: number, keys: number[], amplitude: number): Float64Array {
  const answers = sums(p);
  return Float64Array.from({ length: p * p * p }, (_, i) => {
    const difference = answers[Math.floor(i / p)] - (i % p);
    const waves = keys.map((k) => amplitude * Math.cos((2 * Math.PI * k * difference) / p));
    return waves.reduce((a, b) => a + b, 0.01 * (i % p));
  });
}

/** Σ_k (u uᵀ + v vᵀ)L + mean, by its definition: [p², classes]. */
function directRestriction(logits: Float64Array, answers: Int32Array, p: number, keys: number[]): number[] {
  const classes = logits.length / (p * p);
  const result = new Array<number>(logits.length).fill(0);
  const basis = [
    new Float64Array(p * p).fill(1),
    ...keys.flatMap((k) =>
      [Math.cos, Math.sin].map((f) => Float64Array.from(answers, (s) => f((2 * Math.PI * k * s) / p))),
    ),
  ];
  for (const wave of basis) {
    const square = wave.reduce((sum, x) => sum + x * x, 0);
    if (square < 1e-9) continue; // the sine at half a turn
    for (let c = 0; c < classes; c++) {
      let inner = 0;
      for (let e = 0; e < p * p; e++) inner += wave[e] * logits[e * classes + c];
      for (let e = 0; e < p * p; e++) result[e * classes + c] += (inner * wave[e]) / square;
    }
  }
  return result;
}

test('cross-entropy is that of Math.exp and Math.log, and large logits do not overflow', () => {
  const logits = new Stream(1, 'logits').normals(12).map((x) => 5 * x);
  const labels = [0, 2, 1];
  const direct = labels.map((label, e) => {
    const row = [...logits.subarray(4 * e, 4 * e + 4)];
    return Math.log(row.reduce((sum, z) => sum + Math.exp(z), 0)) - row[label];
  });
  expect(meanCrossEntropy(logits, labels, 4)).toBeCloseTo(direct.reduce((a, b) => a + b) / 3, 13);
  expect(meanCrossEntropy([5000, 4000], [1], 2)).toBe(1000);
  expect(meanCrossEntropy([0, 0, 0], [1], 3)).toBeCloseTo(Math.log(3), 15);
});

test('the restricted logits are the projection on the key waves, for odd and even p', () => {
  for (const [p, keys] of [
    [11, [1, 4]],
    [8, [3, 4]],
  ] as [number, number[]][]) {
    const classes = p + 2;
    const logits = new Stream(p, 'logits').normals(p * p * classes);
    const answers = sums(p);
    const direct = directRestriction(logits, answers, p, keys);
    const byAnswer = restrictedLogits({ p, classes, logits, answers }, keys);
    for (let e = 0; e < p * p; e++) {
      for (let c = 0; c < classes; c++) {
        expect(byAnswer[answers[e] * classes + c]).toBeCloseTo(direct[e * classes + c], 12);
      }
    }
  }
});

test('logits of the key frequencies alone: restricted loss is the full loss, excluded loss is chance', () => {
  const p = 13;
  const answers = sums(p);
  const logits = idealLogits(p, [2, 5], 3);
  const input = { p, classes: p, logits, answers };
  expect(restrictedLoss(input, [2, 5])).toBeCloseTo(meanCrossEntropy(logits, answers, p), 12);
  const offsets = Float64Array.from({ length: p * p * p }, (_, i) => 0.01 * (i % p));
  const chance = meanCrossEntropy(offsets, answers, p);
  expect(excludedLoss(input, [2, 5], everything(p))).toBeCloseTo(chance, 12);
  expect(restrictedLoss(input, [3])).toBeCloseTo(chance, 12);
});

test('the excluded loss is taken on the train examples, and without keys it is the train loss', () => {
  const p = 7;
  const answers = sums(p);
  const logits = new Stream(2, 'logits').normals(p * p * p);
  const input = { p, classes: p, logits, answers };
  const train = [3, 10, 44];
  const rows = (all: ArrayLike<number>) =>
    train.flatMap((e) => Array.from({ length: p }, (_, c) => all[e * p + c]));
  const labels = train.map((e) => answers[e]);
  expect(excludedLoss(input, [], train)).toBeCloseTo(meanCrossEntropy(rows(logits), labels, p), 13);
  const kept = directRestriction(logits, answers, p, [2]);
  const means = directRestriction(logits, answers, p, []);
  const rest = logits.map((z, i) => z - (kept[i] - means[i]));
  expect(excludedLoss(input, [2], train)).toBeCloseTo(meanCrossEntropy(rows(rest), labels, p), 12);
});

test('answers that are no sum, and frequencies that are none, are refused', () => {
  const p = 5;
  const logits = new Float64Array(p ** 3);
  const products = Int32Array.from({ length: p * p }, (_, i) => (Math.floor(i / p) * (i % p)) % p);
  expect(() => restrictedLoss({ p, classes: p, logits, answers: products }, [1])).toThrow(
    'restrictedLogits: expected each answer for 5 of the inputs, got 0 for 9',
  );
  const input = { p, classes: p, logits, answers: sums(p) };
  expect(() => restrictedLoss(input, [1, 3])).toThrow('whole numbers from 1 to 2, each once, got 3');
  expect(() => excludedLoss(input, [2, 2], [0])).toThrow('excludedLoss: key frequencies');
});
