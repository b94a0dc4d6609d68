/** Cross-entropy of logits that a measure has made, on the host: mean of −log softmax(z)_y, in nats, f64. */

import { exponential } from '../engine/exponential.ts';
import { logarithm } from '../engine/logarithm.ts';
import { requireShape } from './expected-shape.ts';

/**
 * Mean over the examples of ln Σ_j exp(z_j − max z) + max z − z_y.
 *
 * @param logits [examples, classes]
 * @param labels [examples], 0 … classes − 1
 * @throws {RangeError} for logits of another size
 */
export function meanCrossEntropy(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): number {
  requireShape('meanCrossEntropy', 'the logits', logits, [labels.length, classes]);
  let total = 0;
  for (let example = 0; example < labels.length; example++) {
    const start = example * classes;
    let largest = -Infinity;
    for (let j = 0; j < classes; j++) largest = Math.max(largest, logits[start + j]);
    let sum = 0;
    for (let j = 0; j < classes; j++) sum += exponential(logits[start + j] - largest);
    total += logarithm(sum) + (largest - logits[start + labels[example]]);
  }
  return total / labels.length;
}
