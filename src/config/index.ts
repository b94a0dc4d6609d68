/** Configuration, universal part: nothing here needs a file system, so it runs in browsers too. Files: `node.ts`. */
export { ConfigError, type ConfigIssue, configIssue, renderIssue } from './error.ts';
export { type Experiment, type ExperimentInput, experimentSchema } from './experiment.ts';
export { jsonSchema } from './json-schema.ts';
export { meaningOf } from './meaning.ts';
export {
  experimentFromObject,
  type LoadedExperiment,
  type ParseOptions,
  parseExperiment,
} from './parse.ts';
export type { LaplacianPenaltyConfig } from './schema/laplacian_penalty.ts';
export type { LoaderConfig } from './schema/loader.ts';
export type { MilestonesConfig } from './schema/milestones.ts';
export type {
  Activation,
  EmbeddingMlpConfig,
  MlpConfig,
  ModelConfig,
  TransformerConfig,
  TwoLayerConfig,
} from './schema/model.ts';
export type { SpectralConfig } from './schema/spectral.ts';
export type { TrainConfig } from './schema/train.ts';
export { nearest } from './suggest.ts';
export {
  type DatasetConfig,
  splitSizes,
  type TaskName,
  taskNames,
  taskShape,
  taskTitle,
} from './tasks/index.ts';
export type { Operation } from './tasks/modular.ts';
export type { TaskShape } from './tasks/task.ts';
export { toYaml } from './to-yaml.ts';
