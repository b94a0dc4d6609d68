/** Accuracy: whether the largest logit is the label's, at every answer of the example. */

import type { Dtype, Expr } from '../../engine/index.ts';
import { argmax, cast, equal, sum } from '../../engine/index.ts';

/** 1 where argmax z = y (the first of equal maxima) for every answer, 0 elsewhere; shape [], per example. */
export function correct(logits: Expr, label: Expr, dtype: Dtype = 'f32'): Expr {
  const right = cast(equal(argmax(logits), label), dtype);
  const [answers] = label.shape;
  return answers === undefined ? right : equal(sum(right), answers);
}
