/** Permutations of 0 … n − 1: their list, composition, cycles and sign. */

/** The images of 0, 1, … */
export type Permutation = readonly number[];

/** All n! of them in lexicographic order, the identity first. */
export function permutationsOf(n: number): Permutation[] {
  if (n === 0) return [[]];
  const list: Permutation[] = [];
  for (let first = 0; first < n; first++)
    for (const rest of permutationsOf(n - 1))
      list.push([first, ...rest.map((image) => (image < first ? image : image + 1))]);
  return list;
}

/** (g∘h)(x) = g(h(x)). */
export function compose(g: Permutation, h: Permutation): Permutation {
  return h.map((image) => g[image] as number);
}

/** Its cycles, each from its least member, fixed points left out. */
export function cyclesOf(permutation: Permutation): number[][] {
  const seen = new Set<number>();
  const cycles: number[][] = [];
  for (const start of permutation.keys()) {
    const cycle: number[] = [];
    for (let x = start; !seen.has(x); x = permutation[x] as number) {
      seen.add(x);
      cycle.push(x);
    }
    if (cycle.length > 1) cycles.push(cycle);
  }
  return cycles;
}

/** In cycle notation with points from 1: `(1 2)(3 5 4)`; `e` for the identity. */
export function cycleNotation(permutation: Permutation): string {
  const cycles = cyclesOf(permutation).map((cycle) => `(${cycle.map((x) => x + 1).join(' ')})`);
  return cycles.length === 0 ? 'e' : cycles.join('');
}

/** Lengths of all cycles, descending, fixed points too: a partition of n, the same for conjugate permutations. */
export function cycleType(permutation: Permutation): number[] {
  const lengths = cyclesOf(permutation).map((cycle) => cycle.length);
  const moved = lengths.reduce((total, length) => total + length, 0);
  const fixed = new Array<number>(permutation.length - moved).fill(1);
  return [...lengths.sort((a, b) => b - a), ...fixed];
}

/** Whether it is a product of an even number of transpositions. */
export function isEven(permutation: Permutation): boolean {
  return cyclesOf(permutation).reduce((total, cycle) => total + cycle.length - 1, 0) % 2 === 0;
}
