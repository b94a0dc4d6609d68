/** The networks: a new one is one file, named here and in the configuration schema. */

import type { ModelConfig } from '../config/index.ts';
import { concat, type Dtype, type Expr, mul, reshape } from '../engine/index.ts';
import { embeddingMlp } from './embedding_mlp.ts';
import { mlp } from './mlp.ts';
import type { Model, ModelBuilder, ModelData } from './model.ts';
import { transformer } from './transformer.ts';
import { twoLayer } from './two_layer.ts';

export type { Embedding, Forward, Model, ModelData } from './model.ts';

type Builders = { [Type in ModelConfig['type']]: ModelBuilder<Extract<ModelConfig, { type: Type }>> };

const builders: Builders = {
  two_layer: twoLayer,
  embedding_mlp: embeddingMlp,
  mlp,
  transformer,
};

/**
 * The network that a configuration describes. What a model has to say of an answer is made to fit the task here: several
 * answers side by side, or the single output of two classes.
 *
 * @param data what it has to know of the dataset
 * @param dtype of its parameters and arithmetic
 */
export function buildModel(config: ModelConfig, data: ModelData, dtype: Dtype): Model {
  const build = builders[config.type] as ModelBuilder<ModelConfig>;
  const { answers = 1, classes } = data;
  if ('output' in config && config.output === 'margin') {
    const model = build(config, { ...data, classes: 1 }, dtype);
    const ofBoth = (f: Expr, axis: number): Expr => concat([mul(f, -0.5), mul(f, 0.5)], axis);
    const { readOut } = model;
    return {
      ...withLogits(model, (f) => ofBoth(f, 0)),
      readOut: readOut && {
        ...readOut,
        matrix: ofBoth(readOut.matrix, 1),
        bias: readOut.bias && ofBoth(readOut.bias, 0),
      },
    };
  }
  // A transformer reads sequences; the others give all answers at once.
  if (answers === 1 || config.type === 'transformer') return build(config, data, dtype);
  const model = build(config, { ...data, answers: 1, classes: answers * classes }, dtype);
  return { ...withLogits(model, (logits) => reshape(logits, [answers, classes])), readOut: undefined };
}

function withLogits(model: Model, of: (outputs: Expr) => Expr): Model {
  return {
    ...model,
    forward: (tokens, mode) => {
      const { logits, activations } = model.forward(tokens, mode);
      return { logits: of(logits), activations };
    },
  };
}
