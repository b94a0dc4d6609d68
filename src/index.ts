/**
 * The library's face, the same in Node and in browsers: an experiment in, an async iterator of snapshots out, and what
 * one makes of them. Reading and writing run directories: `grokscope/runs` (Node).
 *
 * @packageDocumentation
 */

export {
  ConfigError,
  type ConfigIssue,
  type Experiment,
  type ExperimentInput,
  experimentFromObject,
  jsonSchema,
  parseExperiment,
  toYaml,
} from './config/index.ts';
export * as engine from './engine/index.ts';
export {
  allowRevectorizer,
  EngineError,
  type Expr,
  Machine,
  type MachineOptions,
  NUMERIC_VERSION,
} from './engine/index.ts';
export * as figures from './figures/index.ts';
export { type MeasuredValues, measures, type OpenMeasure, openMeasures } from './measures/index.ts';
export { buildModel, type Forward, type Model, type ModelData } from './models/index.ts';
export { buildDataset, type Dataset, type Split } from './tasks/index.ts';
export { digest } from './training/digest.ts';
export { DivergenceError } from './training/divergence.ts';
export type { SplitMetrics } from './training/evaluation.ts';
export { metricsRows } from './training/metrics-rows.ts';
export {
  type AccuracyCurves,
  findMilestones,
  type MilestoneOptions,
  type Milestones,
  MilestoneTracker,
} from './training/milestones.ts';
export { accuracyCurvesOf, type MetricsRow, type RunSummary, summarize } from './training/summary.ts';
export { type ObservedStep, type Snapshot, type TrainOptions, train } from './training/train.ts';
export { type SplitsMetrics, type Tensor, Trainer, type TrainerState } from './training/trainer.ts';
export { fitTransition, type Transition } from './training/transition.ts';
