import { expect, test } from 'vitest';
import { withLabelNoise } from './label-noise.ts';

const classes = 97;
const labels = Int32Array.from({ length: 20000 }, (_, example) => example % classes);
const train = labels.map((_, example) => example).slice(0, 10000);
const noisy = (label_noise: number, seed = 0) =>
  withLabelNoise(labels, train, classes, { label_noise, seed });
const noisy35 = noisy(0.35);

test('no noise changes nothing, and the given labels are left alone', () => {
  const before = labels.slice();
  expect(noisy(0)).toEqual(labels);
  noisy(1);
  expect(labels).toEqual(before);
});

test('at 35 % noise the share of true labels is 1 − 0.35 · 96/97, because the true class may be drawn too', () => {
  const kept = train.filter((example) => noisy35[example] === labels[example]).length / train.length;
  // 3,500 draws, each true with probability 1/97: the standard deviation of the share is 6e-4.
  expect(Math.abs(kept - (1 - (0.35 * 96) / 97))).toBeLessThan(3e-3);
});
test('new labels are uniform over the classes', () => {
  const random = noisy(1);
  const counts = new Int32Array(classes);
  for (const example of train) counts[random[example]]++;
  const expected = train.length / classes;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  // 96 degrees of freedom: mean 96, standard deviation 13.9; five of them on either side.
  expect(Math.abs(chiSquare - 96)).toBeLessThan(70);
});

test('the noise is that of its seed', () => {
  expect(noisy(0.35)).toEqual(noisy35);
  expect(noisy(0.35, 1)).not.toEqual(noisy35);
});
