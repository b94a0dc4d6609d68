import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countKinds, kindOf, mixed, predictionRaster } from './prediction-raster.ts';

const colors = {
  'train-right': '#010000',
  'train-wrong': '#020000',
  'held-out-right': '#030000',
  'held-out-wrong': '#040000',
};

/** All ordered pairs of p, in row-major order. */
function pairs(p: number, isTrain: readonly number[]) {
  const numbers = Array.from({ length: p * p }, (_, i) => i);
  return {
    size: p * p,
    vocabulary: p,
    tokens: [Int32Array.from(numbers, (i) => Math.floor(i / p)), Int32Array.from(numbers, (i) => i % p)],
    isTrain: Uint8Array.from(isTrain),
  };
}

test('a goes to the right, b upwards, and each kind has its colour', () => {
  const examples = pairs(2, [1, 1, 0, 0]);
  const { side, pixels } = predictionRaster(examples, Uint8Array.of(1, 0, 1, 0), colors);
  const red = (column: number, row: number) => pixels[4 * (row * side + column)];
  // (0, 0) and (0, 1) are trained on, (1, 0) and (1, 1) held out.
  expect([red(0, 1), red(0, 0), red(1, 1), red(1, 0)]).toEqual([1, 2, 3, 4]);
});

test('pairs that the task does not know stay transparent', () => {
  const examples = {
    size: 1,
    vocabulary: 2,
    tokens: [Int32Array.of(0), Int32Array.of(1)],
    isTrain: Uint8Array.of(1),
  };
  const { pixels } = predictionRaster(examples, Uint8Array.of(1), colors);
  expect([3, 7, 11, 15].map((alpha) => pixels[alpha])).toEqual([255, 0, 0, 0]);
});

test('every example is of exactly one kind, and the picture holds as many pixels of a kind as are counted', () => {
  const bits = fc.array(fc.nat(1), { minLength: 25, maxLength: 25 });
  fc.assert(
    fc.property(bits, bits, (isTrain, right) => {
      const examples = pairs(5, isTrain);
      const predictions = Uint8Array.from(right);
      const counts = countKinds(examples, predictions);
      expect(Object.values(counts).reduce((a, b) => a + b)).toBe(25);
      expect(counts['train-right'] + counts['train-wrong']).toBe(isTrain.filter(Boolean).length);
      expect(counts['train-right'] + counts['held-out-right']).toBe(right.filter(Boolean).length);
      const { pixels } = predictionRaster(examples, predictions, colors);
      const reds = Array.from({ length: 25 }, (_, i) => pixels[4 * i]);
      expect(reds.filter((red) => red === 4)).toHaveLength(counts['held-out-wrong']);
      expect(kindOf(examples, predictions, 7)).toBe(
        `${isTrain[7] ? 'train' : 'held-out'}-${right[7] ? 'right' : 'wrong'}`,
      );
    }),
  );
});

test('a colour is mixed channel by channel', () => {
  expect(mixed('#ff0080', '#000000', 1)).toBe('#ff0080');
  expect(mixed('#ff0080', '#ffffff', 0)).toBe('#ffffff');
  expect(mixed('#640032', '#000000', 0.5)).toBe('#320019');
});
