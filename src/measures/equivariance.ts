/**
 * Equivariance share G: how much of the logits depends on nothing but how far a class is from the right answer. A network
 * that adds on a circle gives f(a + b − c), a lookup table anything: geometry against lookup, with no choice of frequency.
 */

import { requireShape } from './expected-shape.ts';
import { withoutSoftmaxGauge } from './softmax-gauge.ts';

/**
 * G = Var over δ of m_δ / Var(L), m_δ the mean of L over all examples and classes with answer − class ≡ δ (mod p), the
 * softmax gauge removed first.
 *
 * @param logits [examples, p], as a rule of held-out examples: on train examples a lookup table is equivariant too
 * @param answers [examples], 0 … p − 1, without label noise
 * @returns 0 to 1; for independent noise 1/examples on average; NaN where all logits of each example are equal
 * @throws {RangeError} for logits of another size
 */
export function equivarianceShare(logits: ArrayLike<number>, answers: ArrayLike<number>, p: number): number {
  const examples = answers.length;
  requireShape('equivarianceShare', 'the logits', logits, [examples, p]);
  const free = withoutSoftmaxGauge(logits, examples, p); // so that their mean is 0
  const byDistance = new Float64Array(p);
  let energy = 0;
  for (let example = 0; example < examples; example++) {
    for (let c = 0; c < p; c++) {
      const logit = free[example * p + c];
      byDistance[(answers[example] - c + p) % p] += logit;
      energy += logit * logit;
    }
  }
  let explained = 0;
  for (const sum of byDistance) explained += (sum / examples) * (sum / examples);
  return (explained * examples) / energy;
}
