import { expect, test } from 'vitest';
import { cubeRoot } from './cube_root.ts';

test('the cube of a cube root is the number, to 1e-15', () => {
  for (const x of [1e-9, 0.02, 0.5, 1, 2, 8, 27, 1000, 12345.678, 1e12]) {
    const root = cubeRoot(x);
    expect(Math.abs((root * root * root) / x - 1)).toBeLessThan(1e-15);
  }
  expect(cubeRoot(0)).toBe(0);
});
