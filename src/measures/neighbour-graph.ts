/** Graphs on the tokens: who is near whom in the network's own embedding, and the cycle that addition modulo p draws. */

import { requireShape } from './expected-shape.ts';

export interface TokenGraph {
  readonly nodes: number;
  /** [edges, 2]: each edge once, as (i, j) with i < j, in ascending order. */
  readonly edges: Int32Array;
}

/**
 * An edge wherever one of two points is among the nearest `neighbours` of the other by Euclidean distance; of equally
 * near ones the first. The default is 2: a cycle gives every token two, and on a circle of any frequency they come in
 * pairs t ± s, which an odd number would cut by chance.
 *
 * @param points [count, width]
 * @throws {RangeError} for an array of another size, or a number of neighbours outside 1 … count − 1
 */
export function nearestNeighbourGraph(
  points: ArrayLike<number>,
  count: number,
  width: number,
  neighbours = 2,
): TokenGraph {
  requireShape('nearestNeighbourGraph', 'the points', points, [count, width]);
  if (!(Number.isInteger(neighbours) && neighbours >= 1 && neighbours < count)) {
    throw new RangeError(
      `nearestNeighbourGraph: the number of neighbours must be from 1 to ${count - 1}, got ${neighbours}; others are not there`,
    );
  }
  const distances = squaredDistances(points, count, width);
  const joined = new Uint8Array(count * count);
  for (let i = 0; i < count; i++) {
    for (const j of nearest(distances.subarray(i * count, (i + 1) * count), i, neighbours)) {
      joined[Math.min(i, j) * count + Math.max(i, j)] = 1;
    }
  }
  const edges: number[] = [];
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) if (joined[i * count + j]) edges.push(i, j);
  }
  return { nodes: count, edges: Int32Array.from(edges) };
}

/** [count, count], symmetric to the bit. */
function squaredDistances(points: ArrayLike<number>, count: number, width: number): Float64Array {
  const distances = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      let sum = 0;
      for (let x = 0; x < width; x++) {
        const difference = points[i * width + x] - points[j * width + x];
        sum += difference * difference;
      }
      distances[i * count + j] = sum;
      distances[j * count + i] = sum;
    }
  }
  return distances;
}

/** The nearest `wanted` others of node `self`, nearest first, of equally near ones the first. */
function nearest(distances: Float64Array, self: number, wanted: number): number[] {
  const others: number[] = [];
  for (let j = 0; j < distances.length; j++) {
    if (j === self) continue;
    let place = others.length;
    while (place > 0 && distances[j] < distances[others[place - 1]]) place--;
    if (place < wanted) others.splice(place, 0, j);
    if (others.length > wanted) others.pop();
  }
  return others;
}

/** The cycle 0 – 1 – … – (n − 1) – 0: the Cayley graph of Z_n with the generator 1. n of at least 3. */
export function cycleGraph(nodes: number): TokenGraph {
  if (!(Number.isInteger(nodes) && nodes >= 3)) {
    throw new RangeError(`cycleGraph: a cycle has at least 3 nodes, got ${nodes}; give that many`);
  }
  const edges = Array.from({ length: nodes - 1 }, (_, i) => [i, i + 1]);
  edges.splice(1, 0, [0, nodes - 1]);
  return { nodes, edges: Int32Array.from(edges.flat()) };
}

/** Pieces that no edge joins; 1 for a connected graph. */
export function componentCount({ nodes, edges }: TokenGraph): number {
  const root = Int32Array.from({ length: nodes }, (_, i) => i);
  const find = (node: number): number => {
    let at = node;
    while (root[at] !== at) at = root[at];
    return at;
  };
  let pieces = nodes;
  for (let e = 0; e < edges.length; e += 2) {
    const [i, j] = [find(edges[e]), find(edges[e + 1])];
    if (i === j) continue;
    root[j] = i;
    pieces--;
  }
  return pieces;
}
