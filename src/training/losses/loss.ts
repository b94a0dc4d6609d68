/** What a loss is: a value per answer, from logits and label, as an expression. */

import type { TrainConfig } from '../../config/index.ts';
import type { Expr } from '../../engine/index.ts';
import { cast, div } from '../../engine/index.ts';

export type LossOptions = Pick<TrainConfig, 'temperature' | 'label_smoothing' | 'log_softmax_dtype'>;

/**
 * @param logits [classes], or [answers, classes] of a sequence, per example
 * @param label i32, shape [] or [answers], per example
 * @returns of the label's shape, per example; an example's loss is the mean over its answers
 */
export type Loss = (logits: Expr, label: Expr, options: LossOptions) => Expr;

/** Logits divided by the temperature τ; τ = 1 leaves them as they are. */
export function temper(logits: Expr, temperature: number): Expr {
  return temperature === 1 ? logits : div(logits, temperature);
}

/** The logits as a softmax-like loss takes them: in its own number format, then divided by the temperature. */
export function temperedInLossDtype(logits: Expr, options: LossOptions): Expr {
  const { temperature, log_softmax_dtype } = options;
  const inDtype = logits.dtype === log_softmax_dtype ? logits : cast(logits, log_softmax_dtype);
  return temper(inDtype, temperature);
}
