/** The softmax gauge: a number added to all logits of an example changes no probability, so measures of what a network knows remove it. */

import { requireShape } from './expected-shape.ts';

/** Logits [examples, classes] less each example's mean over the classes. */
export function withoutSoftmaxGauge(
  logits: ArrayLike<number>,
  examples: number,
  classes: number,
): Float64Array {
  requireShape('withoutSoftmaxGauge', 'the logits', logits, [examples, classes]);
  const free = new Float64Array(examples * classes);
  for (let start = 0; start < free.length; start += classes) {
    let sum = 0; // relative to the first, so that equal logits give exact zeros
    for (let j = 0; j < classes; j++) sum += logits[start + j] - logits[start];
    const mean = sum / classes;
    for (let j = 0; j < classes; j++) free[start + j] = logits[start + j] - logits[start] - mean;
  }
  return free;
}
