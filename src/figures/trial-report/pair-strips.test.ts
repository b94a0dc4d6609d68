import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isBalanced } from '../../../test/figures/well-formed.ts';
import { medianOf, pairStrips, type StripRow } from './pair-strips.ts';

const row = (name: string, color: 'arm1' | 'arm2', values: readonly number[], observed = true): StripRow => ({
  name,
  style: { color, dash: undefined },
  dots: values.map((value, seed) => ({ seed, value, observed })),
});
const draw = (rows: StripRow[], width = 860) =>
  pairStrips({ title: 'Norm', axisTitle: 'value', rows }, { width }) ?? '';
const dots = (svg: string, color: string) =>
  [...svg.matchAll(new RegExp(`<circle cx="([\\d.]+)" cy="([\\d.]+)"[^>]*class="fill-${color}"`, 'g'))].map(
    ([, x, y]) => [Number(x), Number(y)],
  );

test('without values there is no figure', () => {
  expect(pairStrips({ title: '', axisTitle: '', rows: [row('a', 'arm1', [])] })).toBeNull();
});

test('half of the values lie on either side of the median', () => {
  expect(medianOf([])).toBeNull();
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
      const median = medianOf(values) ?? Number.NaN;
      expect(2 * values.filter((value) => value < median).length).toBeLessThanOrEqual(values.length);
      expect(2 * values.filter((value) => value > median).length).toBeLessThanOrEqual(values.length);
    }),
  );
});

test('dots stand where their values are, a row below the other', () => {
  const svg = draw([row('a', 'arm1', [1, 2, 3]), row('b', 'arm2', [2, 3, 4])]);
  const [a, b] = [dots(svg, 'arm1'), dots(svg, 'arm2')];
  expect(a[1][0]).toBeCloseTo(b[0][0], 5);
  expect(a[1][0] - a[0][0]).toBeCloseTo(a[2][0] - a[1][0], 1);
  expect(Math.max(...a.map(([, y]) => y))).toBeLessThan(Math.min(...b.map(([, y]) => y)));
});

test('a line joins each seed that both rows have', () => {
  const second = { ...row('b', 'arm2', [2, 3, 4]), dots: row('b', 'arm2', [2, 3, 4]).dots.slice(1) };
  const svg = draw([row('a', 'arm1', [1, 2, 3]), second]);
  const lines = [
    ...svg.matchAll(/d="M([\d.]+),([\d.]+)L([\d.]+),([\d.]+)" class="stroke-axis" stroke-width="0.5"/g),
  ];
  expect(lines.map(([, x, y]) => [Number(x), Number(y)])).toEqual(dots(svg, 'arm1').slice(1));
  expect(lines.map(([, , , x, y]) => [Number(x), Number(y)])).toEqual(dots(svg, 'arm2'));
});

test('a bound is an open dot', () => {
  const svg = draw([row('a', 'arm1', [1, 2], false)]);
  expect(dots(svg, 'arm1')).toEqual([]);
  expect(svg.match(/<circle[^>]*class="stroke-arm1"/g)).toHaveLength(2);
});

test('on a phone the markup is whole and the name stands above its row', () => {
  const svg = draw([row('a name that is much too long for any phone there is', 'arm1', [1, 2])], 340);
  expect(isBalanced(svg)).toBe(true);
  const [, y] = /<text x="14" y="([\d.]+)" class="fill-arm1"/.exec(svg) ?? [];
  expect(Number(y)).toBeLessThan(Math.min(...dots(svg, 'arm1').map(([, at]) => at)));
});
