import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AlignedSeries } from './aligned-series.ts';

test('steps are the union, a missing value is undefined and one that is not finite null', () => {
  const aligned = new AlignedSeries([
    { steps: [0, 10, 20], values: [1, Number.NaN, 3] },
    { steps: [0, 20, 30], values: [4, 5, 6] },
  ]);
  expect(aligned.update()).toEqual({
    steps: [0, 10, 20, 30],
    columns: [
      [1, null, 3, undefined],
      [4, undefined, 5, 6],
    ],
  });
});

test('however series grow, the result is as if they had been read at once', () => {
  const steps = fc.uniqueArray(fc.nat(60), { maxLength: 20 }).map((all) => all.sort((a, b) => a - b));
  fc.assert(
    fc.property(
      steps,
      steps,
      fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 8 }),
      (first, second, growth) => {
        const series = [first, second].map((all) => ({ all, steps: [] as number[], values: [] as number[] }));
        const growing = new AlignedSeries(series);
        for (const amounts of [...growth, [20, 20] as const]) {
          for (const [i, { all, steps: known, values }] of series.entries()) {
            for (const step of all.slice(known.length, known.length + amounts[i])) {
              known.push(step);
              values.push(2 * step + i);
            }
          }
          growing.update();
        }
        const read = growing.update();
        expect(read).toEqual(new AlignedSeries(series).update());
        expect(read.steps).toEqual([...new Set([...first, ...second])].sort((a, b) => a - b));
      },
    ),
  );
});
