/**
 * What observing costs beside training, in floating-point operations counted from sizes: never from a clock, so that the same
 * settings are observed at the same steps on every machine.
 */

import { economize } from '../engine/factoring/index.ts';
import { countOperations } from '../engine/factoring/operation-count.ts';
import { input } from '../engine/operations/leaf.ts';
import type { InputGroup } from '../tasks/input-group/index.ts';
import { groupSize } from '../tasks/input-group/index.ts';
import type { Probe } from '../training/probe.ts';

/** A step is its forward pass and about twice that backward. */
const PASSES_OF_A_STEP = 3;
/** The kernels do about half as many operations a second in f64 as in f32, and JavaScript one for so many of theirs. */
const F64 = 2;
const SCRIPT = 50;

/** Of one pass of the network over so many examples. */
function forwardOperations({ model, dataset }: Probe, examples: number): number {
  const tokens = dataset.tokens.map((_, i) => input(`token${i}`, [], 'i32', { examples: true }));
  return countOperations(economize([model.forward(tokens, 'eval').logits], examples), examples);
}

/** From one evaluation to the next, this one included. */
export function trainingOperations(probe: Probe): number {
  const { train, loader } = probe.experiment;
  const { split, size } = probe.dataset;
  const batch =
    loader.batch_size === 'full' ? split.train.length : Math.min(loader.batch_size, split.train.length);
  const step = PASSES_OF_A_STEP * forwardOperations(probe, batch);
  return train.eval_every_steps * step + forwardOperations(probe, size);
}

/** Of measure `spectrum`: a pass over all inputs, and the transform along each factor, on the input graph and the task's own group. */
export function spectrumOperations(probe: Probe): number {
  const { inputs, classes, answers } = probe.dataset;
  if (inputs === undefined) return 0;
  const of = (group: InputGroup) => {
    const size = groupSize(group);
    const transform = group.axes.reduce((sum, { order }) => sum + 2 * size * order * classes * answers, 0);
    return forwardOperations(probe, size) + F64 * transform;
  };
  return inputs.own === inputs.graph ? of(inputs.graph) : of(inputs.graph) + of(inputs.own);
}

/** Of measure `embedding`, which transforms each table on the host. */
export function embeddingOperations({ model }: Probe): number {
  return model.embeddings.reduce((sum, { table }) => {
    const [tokens, width] = table.shape as readonly [number, number];
    return sum + SCRIPT * tokens * tokens * width;
  }, 0);
}

/** Of measure `neighbours`: half of all distances, in three operations for each coordinate. */
export function neighbourOperations({ model }: Probe): number {
  return model.embeddings.reduce((sum, { table }) => {
    const [tokens, width] = table.shape as readonly [number, number];
    return sum + (SCRIPT / 2) * tokens * tokens * width;
  }, 0);
}
