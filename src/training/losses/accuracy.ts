/** Accuracy: whether the largest logit is the label's. */

import type { Dtype, Expr } from '../../engine/index.ts';
import { argmax, cast, equal } from '../../engine/index.ts';

/** 1 where argmax z = y (the first of equal maxima), 0 elsewhere; shape [], per example. */
export function correct(logits: Expr, label: Expr, dtype: Dtype = 'f32'): Expr {
  return cast(equal(argmax(logits), label), dtype);
}
