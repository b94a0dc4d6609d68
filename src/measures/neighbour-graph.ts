/** Graphs on the tokens: who is near whom in the network's own embedding, and the cycle that addition modulo p draws. */

import type { TokenGraph } from '../models/neighbour_graph.ts';

export { nearestNeighbourGraph, type TokenGraph } from '../models/neighbour_graph.ts';

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
