import { describe, expect, test } from 'vitest';
import { type FiniteGroup, groupOf } from '../groups/index.ts';
import type { Axis } from './axis.ts';
import { cyclicAxis } from './cyclic.ts';
import { finiteAxis } from './finite.ts';
import { generatingClasses } from './generators.ts';

const groups = ['D4', 'D5', 'S3', 'S4', 'A4', 'A5'].map(groupOf);
const axes: [string, Axis][] = [
  ...[2, 3, 6, 7, 12].map((n): [string, Axis] => [`Z_${n}`, cyclicAxis(n)]),
  ...groups.map((group): [string, Axis] => [group.name, finiteAxis(group)]),
];

const row = ({ basis, order }: Axis, i: number) => basis.subarray(i * order, (i + 1) * order);
const dot = (x: Float64Array, y: Float64Array) =>
  x.reduce((sum, value, i) => sum + value * (y[i] as number), 0);

describe.each(axes)('%s', (_, axis) => {
  test('its basis is orthonormal and begins with the constant', () => {
    for (let i = 0; i < axis.order; i++)
      for (let j = 0; j <= i; j++)
        expect(Math.abs(dot(row(axis, i), row(axis, j)) - (i === j ? 1 : 0))).toBeLessThan(1e-10);
    for (const value of row(axis, 0)) expect(value).toBeCloseTo(1 / Math.sqrt(axis.order), 12);
    expect([axis.component[0], axis.eigenvalues[0]]).toEqual([0, 0]);
  });

  test('every other eigenvalue lies above 0 and at most at 2: its graph is connected', () => {
    for (const eigenvalue of axis.eigenvalues.slice(1)) {
      expect(eigenvalue).toBeGreaterThan(1e-6);
      expect(eigenvalue).toBeLessThanOrEqual(2 + 1e-12);
    }
  });
});

/** (L f)(g) = f(g) − mean over generators s of f(g s). */
function laplacian(
  f: Float64Array,
  { table, order, classes }: FiniteGroup,
  generators: number[],
): Float64Array {
  const elements = generators.flatMap((one) => [...(classes[one] as Int32Array)]);
  return f.map((value, g) => {
    const around = elements.reduce((sum, s) => sum + (f[table[g * order + s] as number] as number), 0);
    return value - around / elements.length;
  });
}

test.each(groups)(
  'the basis of $name diagonalises the Laplacian of its Cayley graph, with the stated eigenvalues',
  (group) => {
    const axis = finiteAxis(group);
    const generators = generatingClasses(group);
    for (let i = 0; i < axis.order; i++) {
      const f = row(axis, i);
      const eigenvalue = axis.eigenvalues[axis.component[i] as number] as number;
      const image = laplacian(f, group, generators);
      for (let g = 0; g < axis.order; g++)
        expect(Math.abs((image[g] as number) - eigenvalue * (f[g] as number))).toBeLessThan(1e-10);
    }
  },
);

test('the generators of S4 are six elements, and those of D5 its five reflections', () => {
  const sizes = ['S4', 'D5'].map((name) => {
    const group = groupOf(name);
    return generatingClasses(group).reduce((sum, one) => sum + (group.classes[one] as Int32Array).length, 0);
  });
  expect(sizes).toEqual([6, 5]);
});

test('a cyclic group keeps its cycle, whatever it is called', () => {
  expect(finiteAxis(groupOf('C7'))).toEqual(cyclicAxis(7));
});
