/** Floating-point operations of a training step, as the engine's plan counts them (`grokscope explain-plan`). */

import type { Experiment } from '../../config/index.ts';
import { explainProgram } from '../../engine/explain/index.ts';
import { buildDataset } from '../../tasks/index.ts';
import { buildNetwork } from '../../training/trainer.ts';

/**
 * Of forward pass, gradients and update over a full batch, factored as it is run, and of the penalty where one is run before the
 * step. Two for each multiply-add of a product, one for each element of everything else. A last, shorter batch of an epoch counts
 * in proportion. Evaluations are not counted.
 */
export function meanStepFlops(experiment: Experiment): number {
  const dataset = buildDataset(experiment);
  const { meanLoss, rule, penalty } = buildNetwork(experiment, dataset);
  const train = dataset.split.train.length;
  const { batch_size } = experiment.loader;
  const full = batch_size === 'full' ? train : Math.min(batch_size, train);
  const graph = { outputs: { loss: meanLoss, gradientNorm: rule.gradientNorm }, updates: rule.updates };
  const steps = Math.ceil(train / full);
  const last = train - (steps - 1) * full;
  const ofFull = explainProgram(graph, full).flops;
  const ofLast = last === full ? ofFull : explainProgram(graph, last).flops;
  const mean = ((steps - 1) * ofFull + ofLast) / steps;
  // A penalty of strength 0 is only logged.
  const runs = penalty !== undefined && penalty.gradients.size > 0;
  return runs ? mean + explainProgram(penalty.graph, penalty.examples).flops : mean;
}
