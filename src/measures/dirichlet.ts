/** Dirichlet energy: how much a representation changes along the edges of a graph, against how much it varies at all. */

import { centredRows } from './centred-rows.ts';
import { requireShape } from './expected-shape.ts';
import type { TokenGraph } from './neighbour-graph.ts';

/**
 * E = Σ_edges ‖x_i − x_j‖² / (δ·Σ_i ‖x_i − x̄‖²), δ the graph's mean degree, for one row of `values` [nodes, width] per node.
 *
 * On a regular graph it is the Rayleigh quotient of the normalised Laplacian, so that the frequency k of a cycle of n
 * nodes gives 1 − cos(2πk/n). Rows dealt out to the nodes at random have mean n/(n − 1) on any graph.
 *
 * @returns NaN where all rows are equal or the graph has no edges
 * @throws {RangeError} for an array of another size
 */
export function dirichletEnergy(values: ArrayLike<number>, width: number, graph: TokenGraph): number {
  const { nodes, edges } = graph;
  requireShape('dirichletEnergy', 'the representation', values, [nodes, width]);
  const centred = centredRows(values, nodes, width);
  let along = 0;
  for (let e = 0; e < edges.length; e += 2) {
    const i = edges[e] * width;
    const j = edges[e + 1] * width;
    for (let x = 0; x < width; x++) {
      const difference = centred[i + x] - centred[j + x];
      along += difference * difference;
    }
  }
  let variation = 0;
  for (const value of centred) variation += value * value;
  const meanDegree = edges.length / nodes; // two ends for each edge
  return along / (meanDegree * variation);
}
