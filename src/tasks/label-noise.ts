/**
 * Label noise on train examples. The new label is drawn from all classes, the true one included: with noise ν and p classes a
 * share 1 − ν(p−1)/p of the labels stays true, 0.6536 at ν = 0.35 and p = 97 (published: 0.654).
 */
import { Stream } from '../engine/philox.ts';

/**
 * A copy of `labels` in which round(label_noise·n) of the n train examples, chosen by a permutation, have a uniformly random
 * class. Both come from stream (seed, 'label-noise').
 */
export function withLabelNoise(
  labels: Int32Array,
  train: Int32Array,
  classes: number,
  { seed, label_noise }: { seed: number; label_noise: number },
): Int32Array {
  const noisy = labels.slice();
  const stream = new Stream(seed, 'label-noise');
  const chosen = stream.permutation(train.length).slice(0, Math.round(label_noise * train.length));
  for (const position of chosen) noisy[train[position]] = stream.integer(classes);
  return noisy;
}
