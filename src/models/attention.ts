/**
 * Multi-head self-attention with the weight names, shapes and hooks of TransformerLens, without biases
 * (Vaswani et al. 2017). `uniform` replaces the softmax by an equal weight on every position that may be seen
 * (Zhong et al. 2023, "pizza"), and then has no W_Q and W_K.
 */

import type { Dtype, Expr } from '../engine/index.ts';
import { constant, einsum, mul, select, softmax } from '../engine/index.ts';

/** Score of a position that may not be seen: its exponential is 0 in f32 and f64. */
const UNSEEN_SCORE = -1e5;

export interface AttentionOptions {
  kind: 'softmax' | 'uniform';
  positions: number;
  d_model: number;
  heads: number;
  /**
   * Position i sees 0…i, as in TransformerLens. Off, every position sees all: the same function wherever only the
   * last position is read afterwards.
   */
  causal: boolean;
}

/** Row q: 1 for the positions that q sees, 0 for the others. */
function visible(positions: number, causal: boolean): number[][] {
  return Array.from({ length: positions }, (_, q) =>
    Array.from({ length: positions }, (_, k) => (!causal || k <= q ? 1 : 0)),
  );
}

/**
 * Declares W_Q, W_K, W_V [heads, d_model, d_head] and W_O [heads, d_head, d_model] under `prefix`.
 *
 * @returns a function from the stream [positions, d_model] to the layer's output, of the same shape, and its hooks
 */
export function attention(
  prefix: string,
  options: AttentionOptions,
  declare: (name: string, shape: readonly number[]) => Expr,
  dtype: Dtype,
): (x: Expr) => { out: Expr; hooks: Record<string, Expr> } {
  const { kind, positions, d_model, heads, causal } = options;
  const d_head = d_model / heads;
  const seen = visible(positions, causal);
  const projection = (name: string) => declare(`${prefix}.${name}`, [heads, d_model, d_head]);
  const scoring = kind === 'softmax' ? { W_Q: projection('W_Q'), W_K: projection('W_K') } : undefined;
  const W_V = projection('W_V');
  const W_O = declare(`${prefix}.W_O`, [heads, d_head, d_model]);

  return (x) => {
    const hooks: Record<string, Expr> = {};
    const v = einsum('pd,hde->phe', x, W_V);
    let z: Expr;
    if (scoring) {
      const q = einsum('pd,hde->phe', x, scoring.W_Q);
      const k = einsum('pd,hde->phe', x, scoring.W_K);
      let scores = mul(einsum('qhe,khe->hqk', q, k), 1 / Math.sqrt(d_head));
      if (causal) scores = select(constant(seen.flat(), [positions, positions], dtype), scores, UNSEEN_SCORE);
      const pattern = softmax(scores);
      z = einsum('hqk,khe->qhe', pattern, v);
      Object.assign(hooks, {
        [`${prefix}.hook_q`]: q,
        [`${prefix}.hook_k`]: k,
        [`${prefix}.hook_attn_scores`]: scores,
        [`${prefix}.hook_pattern`]: pattern,
      });
    } else {
      const rows = seen.map((row) => row.map((sees) => sees / row.reduce((total, one) => total + one)));
      z = einsum('qk,khe->qhe', constant(rows.flat(), [positions, positions], dtype), v);
    }
    const out = einsum('qhe,hed->qd', z, W_O);
    Object.assign(hooks, { [`${prefix}.hook_v`]: v, [`${prefix}.hook_z`]: z });
    return { out, hooks };
  };
}
