/**
 * Penalty `embedding_entropy`: the entropy −Σ π ln π of the spectrum of the token embedding along Z_N, π_k the share of
 * frequency k = 1 … ⌊N/2⌋ in the variance of the centred embedding, averaged over the model's embeddings. No relabelling by
 * a unit changes it; it runs the network on no input, but is told the group.
 */

import {
  add,
  cast,
  type Expr,
  einsum,
  log,
  maximum,
  mul,
  neg,
  parameter,
  scatterAdd,
  square,
  sum,
} from '../../engine/index.ts';
import { cyclicAxis } from '../../tasks/input-group/index.ts';
import { nonConstantCharacters } from './best_relabelled.ts';
import { NOTHING, share } from './dirichlet.ts';
import type { Given, PenaltyBuilder } from './penalty.ts';

export const embeddingEntropy: PenaltyBuilder = ({ model, order: N }) => {
  const characters = nonConstantCharacters(N);
  const frequency: Given = {
    node: parameter('penalty.frequency', [N - 1], 'i32'),
    values: () =>
      cyclicAxis(N)
        .component.subarray(1)
        .map((k) => k - 1),
  };
  const entropyOf = (table: Expr): Expr => {
    // The constant character is left out, so that the mean over tokens is too.
    const coefficients = einsum('kt,td->kd', characters.node, cast(table, 'f64'));
    const power = scatterAdd(frequency.node, sum(square(coefficients), [1]), Math.floor(N / 2));
    const shares = share(power, sum(power));
    return neg(sum(mul(shares, log(maximum(shares, NOTHING)))));
  };
  const entropies = model.embeddings.map(({ table }) => entropyOf(table));
  return {
    value: mul(
      entropies.reduce((total, one) => add(total, one)),
      1 / entropies.length,
    ),
    inputs: 'none',
    columns: () => ({}),
    given: [characters, frequency],
    refreshed: [],
  };
};
