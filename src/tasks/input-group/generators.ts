/**
 * Generators of a finite group for its Cayley graph: whole conjugacy classes with their inverses, so that the graph looks the
 * same from every element and in every numbering, and as few elements as generate the group.
 */

import type { FiniteGroup } from '../groups/index.ts';

/**
 * The classes of the smallest generating set made of one or two classes (each with its inverse): the transpositions of S_n, the
 * reflections of D_n for odd n. Of equally small sets the first.
 */
export function generatingClasses(group: FiniteGroup): number[] {
  const symmetric = new Map<string, number[]>();
  for (let one = 1; one < group.classes.length; one++) {
    const inverse = group.classOf[group.inverse[group.classes[one]?.[0] as number] as number] as number;
    const pair = [...new Set([one, inverse])].sort((a, b) => a - b);
    symmetric.set(pair.join(), pair);
  }
  const single = [...symmetric.values()];
  const pairs = single.flatMap((a, i) => single.slice(i + 1).map((b) => [...a, ...b]));
  const size = (set: readonly number[]): number =>
    set.reduce((total, one) => total + (group.classes[one] as Int32Array).length, 0);
  const sets = [...single, ...pairs].sort((a, b) => size(a) - size(b));
  const found = sets.find((set) => generates(set, group));
  if (found === undefined) throw new Error(`internal: no two classes generate ${group.name}`);
  return found;
}

function generates(classes: readonly number[], { order, classes: all, table }: FiniteGroup): boolean {
  const generators = classes.flatMap((one) => [...(all[one] as Int32Array)]);
  const reached = new Uint8Array(order);
  reached[0] = 1;
  const waiting = [0];
  for (let g = waiting.pop(); g !== undefined; g = waiting.pop())
    for (const s of generators) {
      const next = table[g * order + s] as number;
      if (reached[next] === 1) continue;
      reached[next] = 1;
      waiting.push(next);
    }
  return reached.every((one) => one === 1);
}
