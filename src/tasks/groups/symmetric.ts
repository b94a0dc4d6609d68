/** The symmetric group S_n: all permutations of n points, its characters by the rule of Murnaghan and Nakayama. */
import { type FiniteGroup, finiteGroup } from './finite_group.ts';
import { compose, cycleNotation, cycleType, permutationsOf } from './permutations.ts';

/** Partitions of n with parts of at most `largest`, each descending, in descending lexicographic order. */
export function partitionsOf(n: number, largest = n): number[][] {
  if (n === 0) return [[]];
  const partitions: number[][] = [];
  for (let first = Math.min(n, largest); first >= 1; first--)
    for (const rest of partitionsOf(n - first, first)) partitions.push([first, ...rest]);
  return partitions;
}

/**
 * χ^λ at the cycle type μ (Murnaghan 1937, Nakayama 1940): the sum over the rim hooks of length μ₁ in the diagram of λ of
 * (−1)^height · χ of the rest at the other cycles. With beta numbers bᵢ = λᵢ + (rows − i) a rim hook of length m is a
 * number b that may become b − m (not taken yet, not negative), and its height is how many numbers lie between.
 */
export function characterOfPartition(lambda: readonly number[], mu: readonly number[]): number {
  const beta = lambda.map((part, row) => part + lambda.length - 1 - row);
  return afterHooks(beta, mu);
}

function afterHooks(beta: readonly number[], [length, ...others]: readonly number[]): number {
  if (length === undefined) return 1;
  let total = 0;
  for (const number of beta) {
    const moved = number - length;
    if (moved < 0 || beta.includes(moved)) continue;
    const height = beta.filter((other) => other > moved && other < number).length;
    const rest = beta.map((other) => (other === number ? moved : other));
    total += (1 - 2 * (height % 2)) * afterHooks(rest, others);
  }
  return total;
}

/** Elements in lexicographic order of their images; characters are named by their partitions, all of real type. */
export function symmetricGroup(n: number): FiniteGroup {
  const permutations = permutationsOf(n);
  const numbers = new Map(permutations.map((permutation, number) => [permutation.join(), number]));
  const identity = new Array<number>(n).fill(1);
  return finiteGroup({
    name: `S${n}`,
    elements: permutations.map(cycleNotation),
    multiply: (g, h) => numbers.get(compose(permutations[g], permutations[h]).join()) as number,
    characters: partitionsOf(n).map((partition) => ({
      name: `(${partition.join(', ')})`,
      dimension: characterOfPartition(partition, identity),
      norm: 1,
      of: (g) => characterOfPartition(partition, cycleType(permutations[g])),
    })),
  });
}
