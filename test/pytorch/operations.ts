/** Every engine operation under the name of its case in test/fixtures/make_operations.py, and the maps of its inputs. */

import type { Expr } from '../../src/engine/index.ts';
import * as engine from '../../src/engine/index.ts';

/** Indices lie below this. */
export const INDEX_BOUND = 3;

/** What is done to the formula's values, which lie in (−½, ½), to reach the domain of an operation. */
export const inputMaps: Record<string, (x: number) => number> = {
  plain: (x) => 4 * x,
  positive: (x) => x + 0.75,
  wide: (x) => 12 * x,
  away: (x) => 4 * x + Math.sign(x) * 0.25,
};

type Operation = (...inputs: Expr[]) => Expr;

const einsum =
  (spec: string): Operation =>
  (a, b) =>
    engine.einsum(spec, a, b);

/** Floating-point inputs come first, index inputs after them. */
export const operations: Record<string, Operation> = {
  add: engine.add,
  add_scalar: engine.add,
  sub: engine.sub,
  mul: engine.mul,
  div: engine.div,
  maximum: engine.maximum,
  minimum: engine.minimum,
  neg: engine.neg,
  exp: engine.exp,
  log: engine.log,
  tanh: engine.tanh,
  erf: engine.erf,
  sin: engine.sin,
  cos: engine.cos,
  sqrt: engine.sqrt,
  square: engine.square,
  abs: engine.abs,
  reciprocal: engine.reciprocal,
  relu: engine.relu,
  step: engine.step,
  sign: engine.sign,
  greater: engine.greater,
  select: (c, a, b) => engine.select(engine.greater(c, 0), a, b),
  einsum_ij_jk: einsum('ij,jk->ik'),
  einsum_i_ij: einsum('i,ij->j'),
  einsum_outer: einsum('i,j->ij'),
  einsum_inner: einsum('i,i->'),
  einsum_pd_hde: einsum('pd,hde->phe'),
  einsum_qhe_khe: einsum('qhe,khe->hqk'),
  einsum_hqk_khe: einsum('hqk,khe->qhe'),
  einsum_qhe_hed: einsum('qhe,hed->qd'),
  matmul: engine.matmul,
  matmul_vector: engine.matmul,
  sum: (x) => engine.sum(x),
  sum_axis0: (x) => engine.sum(x, [0]),
  sum_axis1_keep: (x) => engine.sum(x, [1], true),
  mean: (x) => engine.mean(x),
  mean_last: (x) => engine.mean(x, [-1]),
  max_last: (x) => engine.max(x, [-1], false),
  max_axis0_keep: (x) => engine.max(x, [0], true),
  softmax: engine.softmax,
  log_softmax: engine.logSoftmax,
  reshape: (x) => engine.reshape(x, [3, 2]),
  permute: (x) => engine.permute(x, [2, 0, 1]),
  concat: (a, b) => engine.concat([a, b], 1),
  slice: (x) => engine.slice(x, 1, 1, 3),
  broadcast_to: (x) => engine.broadcastTo(x, [3, 2, 4]),
  stop_gradient: (x) => engine.mul(x, engine.stopGradient(x)),
  gather: engine.gather,
  gather_many: engine.gather,
  gather_vector: engine.gather,
  scatter_add: (x, index) => engine.scatterAdd(index, x, INDEX_BOUND),
  take: engine.take,
  one_hot: (x, index) => engine.mul(engine.oneHot(index, INDEX_BOUND, x.dtype), x),
  argmax: (x) => engine.cast(engine.argmax(x), x.dtype),
};
