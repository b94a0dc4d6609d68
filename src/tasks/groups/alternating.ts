/** The alternating groups A4 and A5: the even permutations, their characters from the tables every textbook has. */
import { type FiniteGroup, finiteGroup, type GroupDefinition } from './finite_group.ts';
import {
  compose,
  cycleNotation,
  cycleType,
  isEven,
  type Permutation,
  permutationsOf,
} from './permutations.ts';

type Characters = GroupDefinition['characters'];

/** Values by cycle type. */
const byType =
  (values: Readonly<Record<string, number>>, permutations: readonly Permutation[]) =>
  (g: number): number =>
    values[cycleType(permutations[g]).join(' ')] as number;

/**
 * A4: the two complex characters of dimension 1 (cube roots of unity on the two classes of 3-cycles) are given as their sum,
 * whose norm is 2.
 */
function charactersOfA4(permutations: readonly Permutation[]): Characters {
  const pair = byType({ '1 1 1 1': 2, '2 2': 2, '3 1': -1 }, permutations);
  const threefold = byType({ '1 1 1 1': 3, '2 2': -1, '3 1': 0 }, permutations);
  return [
    { name: 'trivial', dimension: 1, norm: 1, of: () => 1 },
    { name: 'ω + ω̄', dimension: 2, norm: 2, of: pair },
    { name: '3', dimension: 3, norm: 1, of: threefold },
  ];
}

/**
 * A5, the rotations of the icosahedron: 5-cycles are two classes, c and c², on which the characters of dimension 3 are
 * (1 ± √5)/2. Which class comes first is a choice of labels (conjugation in S5 swaps them): here that of (1 2 3 4 5).
 */
function charactersOfA5(permutations: readonly Permutation[]): Characters {
  const cycle: Permutation = [1, 2, 3, 4, 0];
  const inverseOf = (x: Permutation): Permutation => x.map((_, image) => x.indexOf(image));
  const first = new Set(permutations.map((x) => compose(compose(x, cycle), inverseOf(x)).join()));
  const golden = [(1 + Math.sqrt(5)) / 2, (1 - Math.sqrt(5)) / 2] as const;
  const icosahedral = (own: 0 | 1) => (g: number) => {
    const type = cycleType(permutations[g]).join(' ');
    if (type === '5') return golden[first.has(permutations[g].join()) ? own : 1 - own] as number;
    return byType({ '1 1 1 1 1': 3, '2 2 1': -1, '3 1 1': 0 }, permutations)(g);
  };
  const fourfold = byType({ '1 1 1 1 1': 4, '2 2 1': 0, '3 1 1': 1, '5': -1 }, permutations);
  const fivefold = byType({ '1 1 1 1 1': 5, '2 2 1': 1, '3 1 1': -1, '5': 0 }, permutations);
  return [
    { name: 'trivial', dimension: 1, norm: 1, of: () => 1 },
    { name: '3', dimension: 3, norm: 1, of: icosahedral(0) },
    { name: '3′', dimension: 3, norm: 1, of: icosahedral(1) },
    { name: '4', dimension: 4, norm: 1, of: fourfold },
    { name: '5', dimension: 5, norm: 1, of: fivefold },
  ];
}

/** @param n 4 or 5 */
export function alternatingGroup(n: number): FiniteGroup {
  const permutations = permutationsOf(n).filter(isEven);
  const numbers = new Map(permutations.map((permutation, number) => [permutation.join(), number]));
  return finiteGroup({
    name: `A${n}`,
    elements: permutations.map(cycleNotation),
    multiply: (g, h) => numbers.get(compose(permutations[g], permutations[h]).join()) as number,
    characters: n === 4 ? charactersOfA4(permutations) : charactersOfA5(permutations),
  });
}
