/** The activations of the last hidden layer that the answer is read from. */

import { activationNamed } from '../config/activations.ts';
import type { ModelConfig } from '../config/index.ts';
import { type Expr, reshape, slice } from '../engine/index.ts';
import type { Forward } from '../models/index.ts';

/** [neurons]: of a network that has positions, those at the last one. */
export function hiddenActivation({ activations }: Forward, model: ModelConfig): Expr {
  const name = activationNamed('hidden', model);
  const activation = name === undefined ? undefined : activations[name];
  if (activation === undefined) throw new Error('internal: the model has no hidden layer');
  const { shape } = activation;
  const positions = shape[0] as number;
  const last = shape.length === 1 ? activation : slice(activation, 0, positions - 1, positions);
  return reshape(last, [shape[shape.length - 1] as number]);
}
