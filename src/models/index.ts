/** The networks: a new one is one file, named here and in the configuration schema. */

import type { ModelConfig } from '../config/index.ts';
import type { Dtype } from '../engine/index.ts';
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
 * The network that a configuration describes.
 *
 * @param data what it has to know of the dataset
 * @param dtype of its parameters and arithmetic
 */
export function buildModel(config: ModelConfig, data: ModelData, dtype: Dtype): Model {
  const build = builders[config.type] as ModelBuilder<ModelConfig>;
  return build(config, data, dtype);
}
