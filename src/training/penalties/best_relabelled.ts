/**
 * Penalty `best_relabelled`: min over units u of Σ λ_{u·k} P_kk / Σ P_kk, k ≠ 0, with λ_k = 1 − cos(2πk/N): the energy of the
 * part of the logits that depends on the answer alone, numbered in the way that makes it smoothest. The gradient is that of
 * the unit that attains the minimum. It runs the network on unlabelled test inputs and is told the operation.
 */

import {
  cast,
  div,
  type Expr,
  einsum,
  input,
  max,
  maximum,
  mean,
  neg,
  parameter,
  scatterAdd,
  square,
  sub,
  sum,
} from '../../engine/index.ts';
import { cycleCosine, cyclicAxis } from '../../tasks/input-group/index.ts';
import { NOTHING } from './dirichlet.ts';
import { columnsOfAll, logitsOnAll } from './network_table.ts';
import type { Given, PenaltyBuilder } from './penalty.ts';

export const bestRelabelled: PenaltyBuilder = (setting) => {
  const { order: N, experiment } = setting;
  const answer = input('penalty.answer', [], 'i32', { examples: true });
  // Σ over a ∘ b = s of the logits: their transform along s is that of the logits at the characters (k, ±k), since those are
  // functions of s. Without the mean over classes, which a softmax does not see.
  const byAnswer = cast(scatterAdd(answer, logitsOnAll(setting), N), 'f64');
  const gaugeFree = sub(byAnswer, mean(byAnswer, [1], true));
  const characters = nonConstantCharacters(N);
  const power = sum(square(einsum('kt,tc->kc', characters.node, gaugeFree)), [1]);
  const units = unitsUpToSign(N);
  const relabelled: Given = {
    node: parameter('penalty.relabelled', [units.length, N - 1], 'f64'),
    values: () => relabelledEigenvalues(N, units),
  };
  const energies = einsum('uk,k->u', relabelled.node, power);
  const least = neg(max(neg(energies), 0));
  return {
    value: div(least, maximum(sum(power), NOTHING)),
    inputs: 'all',
    columns: (dataset) => {
      const subtracts = experiment.task === 'modular' && experiment.dataset.op === 'sub';
      const sign = subtracts ? -1 : 1;
      const columns = columnsOfAll(dataset);
      const [first, second] = [columns['penalty.token0'], columns['penalty.token1']] as [
        Int32Array,
        Int32Array,
      ];
      const answers = first.map((a, i) => (a + sign * (second[i] as number) + N) % N);
      return { ...columns, 'penalty.answer': answers };
    },
    given: [characters, relabelled],
    refreshed: [],
  };
};

/** [N − 1, N] in f64: the real orthonormal characters of Z_N without the constant one, in the order of `cyclicAxis`. */
export function nonConstantCharacters(N: number): { node: Expr; values: () => Float64Array } {
  return {
    node: parameter('penalty.characters', [N - 1, N], 'f64'),
    values: () => cyclicAxis(N).basis.subarray(N),
  };
}

/** The units of Z_N up to sign: t → −t is a symmetry of the cycle, so that it changes no energy. */
function unitsUpToSign(N: number): number[] {
  const coprime = (a: number, b: number): boolean => (b === 0 ? a === 1 : coprime(b, a % b));
  const half = Array.from({ length: Math.floor(N / 2) }, (_, i) => i + 1);
  return half.filter((unit) => coprime(unit, N));
}

/** [units, N − 1]: 1 − cos(2πuk/N), k the frequency of each character. */
function relabelledEigenvalues(N: number, units: readonly number[]): Float64Array {
  const { component } = cyclicAxis(N);
  const values = new Float64Array(units.length * (N - 1));
  for (const [row, unit] of units.entries())
    for (let i = 1; i < N; i++)
      values[row * (N - 1) + i - 1] = 1 - cycleCosine((unit * (component[i] as number)) % N, N);
  return values;
}
