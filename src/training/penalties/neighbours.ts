/**
 * Penalty `neighbours`: the Laplacian energy of the logits over the train pairs, on a graph that the network draws itself:
 * tokens are joined to their nearest neighbours in its embedding, pairs where one operand moves along such an edge. It sees
 * neither test inputs nor the true graph. The graph is drawn anew every so many steps and constant to the gradient.
 */

import {
  add,
  cast,
  div,
  einsum,
  maximum,
  minimum,
  mul,
  parameter,
  reshape,
  sqrt,
  sub,
  sum,
} from '../../engine/index.ts';
import { adjacencyMatrix, nearestNeighbourGraph } from '../../models/neighbour_graph.ts';
import { share, squaredRows } from './dirichlet.ts';
import { byElement, elementColumn, logitsOnTrain, trainMask } from './network_table.ts';
import type { Given, PenaltyBuilder, Refreshed } from './penalty.ts';

/**
 * ⟨f, L f⟩/⟨f, f⟩, L = I − D^(−½) A D^(−½) of the subgraph that the train pairs span in G₀ □ G₁, G_i the graph of operand i;
 * a pair without neighbours costs nothing.
 */
export const neighbours: PenaltyBuilder = (setting) => {
  const { order: N, experiment, model } = setting;
  const { dtype } = experiment.train;
  const k = experiment.laplacian_penalty.neighbours;
  const refreshed = model.embeddings.map(
    ({ table }, i): Refreshed => ({
      node: parameter(`penalty.adjacency${i}`, [N, N], dtype),
      source: table,
      values: (points) => adjacencyMatrix(nearestNeighbourGraph(points, N, table.shape[1] as number, k)),
    }),
  );
  // One embedding for both operands, or one for each.
  const first = (refreshed[0] as Refreshed).node;
  const second = (refreshed[1] ?? (refreshed[0] as Refreshed)).node;
  const mask: Given = { node: parameter('penalty.train', [N, N], dtype), values: trainMask };

  const degree = add(einsum('ij,jb->ib', first, mask.node), einsum('ij,aj->ai', second, mask.node));
  const connected = mul(mask.node, minimum(degree, 1));
  const scale = div(connected, sqrt(maximum(degree, 1)));

  const table = byElement(logitsOnTrain(setting), N);
  const classes = table.shape[1] as number;
  const scaled = mul(reshape(table, [N, N, classes]), reshape(scale, [N, N, 1]));
  const moved = add(einsum('ij,jbc->ibc', first, scaled), einsum('ij,ajc->aic', second, scaled));
  const own = sum(mul(squaredRows(table), cast(reshape(connected, [N * N]), 'f64')));
  const across = sum(cast(sum(mul(scaled, moved), [2]), 'f64'));
  return {
    value: share(sub(own, across), sum(squaredRows(table))),
    inputs: 'train',
    columns: elementColumn,
    given: [mask],
    refreshed,
  };
};
