/**
 * Penalty `permuted`, the negative control: the energy of the logits over all inputs on a cycle whose residues stand in an
 * order drawn at random, the same for both operands. If it helps as much as the true cycle, smoothness was not the reason.
 */

import { Stream } from '../../engine/index.ts';
import { onAllInputs } from './literal.ts';
import { columnsOfAll } from './network_table.ts';
import type { PenaltyBuilder } from './penalty.ts';

export const permuted: PenaltyBuilder = (setting) =>
  onAllInputs(setting, (dataset) =>
    columnsOfAll(dataset, permutedCycle(setting.experiment.seed, setting.order)),
  );

/** The residue at each place of the cycle, from the stream `laplacian_penalty.permutation` of the experiment's seed. */
export function permutedCycle(seed: number, order: number): Int32Array {
  return new Stream(seed, 'laplacian_penalty.permutation').permutation(order);
}
