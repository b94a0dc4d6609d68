import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holm } from './holm.ts';

const p = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000);

/**
 * Closed testing (R. Marcus, E. Peritz & K. Gabriel, Biometrika 63, 1976) with Bonferroni: the largest, over all sets of
 * hypotheses that can be true together with this one, of their number times their smallest p-value.
 */
function closed(groups: number[][]): number[][] {
  const sets = groups.reduce<[number, number][][]>(
    (known, group, g) =>
      known.flatMap((set) => [set, ...group.map((_, m) => [...set, [g, m]] as [number, number][])]),
    [[]],
  );
  return groups.map((group, g) =>
    group.map((_, m) =>
      Math.max(
        ...sets
          .filter((set) => set.some(([a, b]) => a === g && b === m))
          .map((set) => Math.min(1, set.length * Math.min(...set.map(([a, b]) => groups[a][b])))),
      ),
    ),
  );
}

test('groups of one give Holm’s procedure, which is closed testing', () => {
  expect(holm([[0.01], [0.04], [0.03], [0.005]]).map(([one]) => one)).toEqual([
    expect.closeTo(0.03, 12),
    expect.closeTo(0.06, 12),
    expect.closeTo(0.06, 12),
    expect.closeTo(0.02, 12),
  ]);
  fc.assert(
    fc.property(fc.array(p, { minLength: 1, maxLength: 6 }), (values) => {
      const groups = values.map((value) => [value]);
      const [adjusted, expected] = [holm(groups), closed(groups)];
      adjusted.forEach(([one], i) => {
        expect(one).toBeCloseTo(expected[i][0], 12);
      });
    }),
  );
});

test('groups of two reject nothing that closed testing does not', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(p, p), { minLength: 1, maxLength: 4 }), (pairs) => {
      const groups = pairs.map((pair) => [...pair]);
      const [adjusted, expected] = [holm(groups), closed(groups)];
      adjusted.forEach((group, g) => {
        group.forEach((one, m) => {
          expect(one).toBeGreaterThanOrEqual(expected[g][m] - 1e-12);
          expect(one).toBeGreaterThanOrEqual(groups[g][m]);
        });
      });
    }),
  );
});

test('one group of hypotheses that exclude each other needs no adjustment', () => {
  expect(holm([[0.03, 0.04]])).toEqual([[0.03, 0.04]]);
});
