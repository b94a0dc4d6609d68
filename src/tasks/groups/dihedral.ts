/** The dihedral group D_n of order 2n: rotations r^a and reflections r^a s of a regular n-gon, with s r s = r⁻¹. */
import { cosineOfTurns } from '../../engine/turns.ts';
import { type FiniteGroup, finiteGroup, type GroupDefinition } from './finite_group.ts';

/**
 * Elements 0 … n − 1 are the rotations, n … 2n − 1 the reflections. Characters: trivial, det (−1 on reflections), for even
 * n two more of dimension 1, and of dimension 2 the 2·cos(2πka/n) on rotations, 0 on reflections. All are of real type.
 */
export function dihedralGroup(n: number): FiniteGroup {
  const step = (g: number) => g % n;
  const isReflection = (g: number) => g >= n;
  const ofDimensionOne: Record<string, (g: number) => number> = {
    trivial: () => 1,
    det: (g) => (isReflection(g) ? -1 : 1),
  };
  if (n % 2 === 0) {
    const alternating = (g: number) => 1 - 2 * (step(g) % 2);
    ofDimensionOne.alternating = alternating;
    ofDimensionOne.alternatingDet = (g) => (isReflection(g) ? -alternating(g) : alternating(g));
  }
  const frequencies = Array.from({ length: Math.floor((n - 1) / 2) }, (_, i) => i + 1);
  const characters: GroupDefinition['characters'] = [
    ...Object.entries(ofDimensionOne).map(([name, of]) => ({ name, dimension: 1, norm: 1 as const, of })),
    ...frequencies.map((k) => ({
      name: `rotation by ${k}`,
      dimension: 2,
      norm: 1 as const,
      of: (g: number) => (isReflection(g) ? 0 : 2 * cosineOfTurns(((k * g) % n) / n)),
    })),
  ];
  return finiteGroup({
    name: `D${n}`,
    elements: Array.from({ length: 2 * n }, (_, g) => (isReflection(g) ? `r${step(g)}s` : `r${g}`)),
    // r^a · h = r^(a+b), and past a reflection the rotation turns round: r^a s · r^b = r^(a−b) s.
    multiply: (g, h) => {
      const turned = isReflection(g) ? step(g) - step(h) + n : step(g) + step(h);
      return (turned % n) + (isReflection(g) === isReflection(h) ? 0 : n);
    },
    characters,
  });
}
