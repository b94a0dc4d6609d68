/**
 * Weights that solve modular addition without training (Gromov 2301.02679): hidden unit k holds one frequency σ(k),
 * its square contains cos(2πσ(k)(a + b)/p + φ₁ + φ₂), and the read-out correlates it with every answer.
 */

import { Stream } from '../engine/philox.ts';
import { cosineOfTurns } from '../engine/turns.ts';

/**
 * W₁ [2p, width] with rows cos(2πσ(k)a/p + φ₁) and then cos(2πσ(k)b/p + φ₂), W₂ [width, p] with entries
 * (2/width)·cos(−2πσ(k)c/p − φ₃), φ₃ = φ₁ + φ₂, for the network ŷ = (X W₁)² W₂ on concatenated one-hots. Phases φ₁,
 * φ₂ are random; σ visits the ⌊p/2⌋ frequencies in turn, so that each is held by the same number of units, give or
 * take one. The factor 2/width makes the answer's logit 1 and the others −1/(p − 1), up to noise of the order of
 * 1/√width from the random phases.
 *
 * @param p the modulus, at least 2
 */
export function analyticWeights(
  seed: number,
  p: number,
  width: number,
): { W_1: Float64Array; W_2: Float64Array } {
  const phases = new Stream(seed, 'analytic phases').uniforms(2 * width); // in turns
  const frequencies = Math.floor(p / 2);
  const W_1 = new Float64Array(2 * p * width);
  const W_2 = new Float64Array(width * p);
  for (let k = 0; k < width; k++) {
    const frequency = 1 + (k % frequencies);
    const phase1 = phases[2 * k];
    const phase2 = phases[2 * k + 1];
    for (let t = 0; t < p; t++) {
      const angle = ((frequency * t) % p) / p;
      W_1[t * width + k] = cosineOfTurns(angle + phase1);
      W_1[(p + t) * width + k] = cosineOfTurns(angle + phase2);
      W_2[k * p + t] = (2 / width) * cosineOfTurns(angle + (phase1 + phase2));
    }
  }
  return { W_1, W_2 };
}
