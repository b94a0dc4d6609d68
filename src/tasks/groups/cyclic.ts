/** The cyclic group C_n: rotations by whole steps, added modulo n. */
import { cosineOfTurns } from '../../engine/turns.ts';
import { type FiniteGroup, finiteGroup } from './finite_group.ts';

/** Real characters: trivial, for even n the sign (−1)^g, and 2·cos(2πkg/n) for each pair of frequencies ±k. */
export function cyclicGroup(n: number): FiniteGroup {
  const pairs = Array.from({ length: Math.floor((n - 1) / 2) }, (_, i) => i + 1);
  return finiteGroup({
    name: `C${n}`,
    elements: Array.from({ length: n }, (_, g) => `r${g}`),
    multiply: (g, h) => (g + h) % n,
    characters: [
      { name: 'trivial', dimension: 1, norm: 1, of: () => 1 },
      ...(n % 2 === 0
        ? [{ name: 'sign', dimension: 1, norm: 1 as const, of: (g: number) => 1 - 2 * (g % 2) }]
        : []),
      ...pairs.map((k) => ({
        name: `±${k}`,
        dimension: 2,
        norm: 2 as const,
        of: (g: number) => 2 * cosineOfTurns(((k * g) % n) / n),
      })),
    ],
  });
}
