/**
 * Penalty `train_pairs`: the Laplacian energy of the logits on the subgraph of the torus that the train pairs span. An edge
 * counts where both its ends are train pairs, degrees are those within the subgraph, and a pair without neighbours costs
 * nothing. It sees no test input, but is given the true graph.
 */

import { add, type Expr, mul, parameter, sum } from '../../engine/index.ts';
import { dirichletSum, nextElements, share, squaredRows } from './dirichlet.ts';
import { byElement, elementColumn, logitsOnTrain, trainMask } from './network_table.ts';
import type { Given, PenaltyBuilder } from './penalty.ts';

export const trainPairs: PenaltyBuilder = (setting) => {
  const { order } = setting;
  const { dtype } = setting.experiment.train;
  const table = byElement(logitsOnTrain(setting), order);
  const next = nextElements(order);
  const edgesAlong = (mask: Float64Array, axis: number): Float64Array => {
    const following = (next[axis] as Given).values as () => ArrayLike<number>;
    const places = following();
    return mask.map((one, element) => one * (mask[places[element] as number] as number));
  };
  const edges = next.map(
    (_, axis): Given => ({
      node: parameter(`penalty.edges${axis}`, [order * order], 'f64'),
      values: (dataset) => edgesAlong(trainMask(dataset), axis),
    }),
  );
  const scale: Given = {
    node: parameter('penalty.scale', [order * order, 1], dtype),
    values: (dataset) => inverseRootDegrees(trainMask(dataset), order),
  };
  const scaled = mul(table, scale.node);
  const [first, second] = next.map(({ node }, axis) =>
    dirichletSum(scaled, node, (edges[axis] as Given).node),
  ) as [Expr, Expr];
  const value = share(add(first, second), sum(squaredRows(table)));
  return {
    value,
    inputs: 'train',
    columns: elementColumn,
    given: [...next, ...edges, scale],
    refreshed: [],
  };
};

/** [N²]: 1/√(neighbours in the mask) of the elements in the mask, 0 elsewhere and where there are none. */
function inverseRootDegrees(mask: Float64Array, order: number): Float64Array {
  return mask.map((one, element) => {
    const [a, b] = [Math.floor(element / order), element % order];
    let degree = 0;
    for (const step of [1, order - 1]) {
      degree += mask[((a + step) % order) * order + b] as number;
      degree += mask[a * order + ((b + step) % order)] as number;
    }
    return one === 0 || degree === 0 ? 0 : 1 / Math.sqrt(degree);
  });
}
