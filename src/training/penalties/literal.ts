/**
 * Penalty `literal`: the Laplacian energy Σ λP / ΣP of the logits over all N² inputs, constant mode included, as it was
 * proposed. It runs the network on unlabelled test inputs and is given the true graph.
 */

import { add, type Expr, mul, sum } from '../../engine/index.ts';
import type { Dataset } from '../../tasks/index.ts';
import { dirichletSum, nextElements, share, squaredRows } from './dirichlet.ts';
import { byElement, columnsOfAll, logitsOnAll } from './network_table.ts';
import type { Penalty, PenaltyBuilder, PenaltySetting } from './penalty.ts';

/** Every element of the torus has four neighbours. */
const DEGREE = 4;

export const literal: PenaltyBuilder = (setting) => onAllInputs(setting, columnsOfAll);

/** The energy on the torus of all inputs. @param columns say which tokens stand at each of its elements */
export function onAllInputs(setting: PenaltySetting, columns: Penalty['columns']): Penalty {
  const { order } = setting;
  const table = byElement(logitsOnAll(setting), order);
  const given = nextElements(order);
  const [first, second] = given.map(({ node }) => dirichletSum(table, node)) as [Expr, Expr];
  const energy = mul(add(first, second), 1 / DEGREE);
  const value = share(energy, sum(squaredRows(table)));
  return { value, inputs: 'all', columns: (dataset: Dataset) => columns(dataset), given, refreshed: [] };
}
