/** By how much the right answer leads: the logit margin z_y − max_{j ≠ y} z_j of each example. */

import { requireShape } from './expected-shape.ts';

/**
 * Margins [examples] of logits [examples, classes]: positive where the label's logit is the largest, negative where
 * another one is. A common offset of an example's logits cancels.
 *
 * @param labels [examples], 0 … classes − 1
 * @throws {RangeError} for fewer than two classes or logits of another size
 */
export function logitMargins(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): Float64Array {
  requireShape('logitMargins', 'the logits', logits, [labels.length, classes]);
  if (classes < 2) throw new RangeError('logitMargins: one class has no rival; at least 2 are needed');
  const margins = new Float64Array(labels.length);
  for (let example = 0; example < labels.length; example++) {
    const start = example * classes;
    let rival = -Infinity;
    for (let j = 0; j < classes; j++) {
      if (j !== labels[example] && logits[start + j] > rival) rival = logits[start + j];
    }
    margins[example] = logits[start + labels[example]] - rival;
  }
  return margins;
}
