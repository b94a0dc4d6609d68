/**
 * The experiment: the one schema of a configuration file, and the type of a resolved one. Keys are those of the file
 * (snake_case); a default that depends on another key is filled in by {@link resolveDefaults}.
 */
import { z } from 'zod';
import { analyticDynamics, analyticLr, analyticSteps } from './schema/analytic.ts';
import type { DatasetConfig } from './schema/dataset.ts';
import { datasetSchema } from './schema/dataset.ts';
import { type LaplacianPenaltyConfig, laplacianPenaltySchema } from './schema/laplacian_penalty.ts';
import type { LoaderConfig } from './schema/loader.ts';
import { loaderSchema } from './schema/loader.ts';
import { type MeasureName, measuresSchema } from './schema/measures.ts';
import type { MilestonesConfig } from './schema/milestones.ts';
import { milestonesSchema } from './schema/milestones.ts';
import type { ModelConfig } from './schema/model.ts';
import { modelSchema } from './schema/model.ts';
import { seed } from './schema/numbers.ts';
import { type SpectralConfig, spectralSchema } from './schema/spectral.ts';
import { type TaskName, taskNames } from './schema/task.ts';
import type { TrainConfig } from './schema/train.ts';
import { trainSchema } from './schema/train.ts';

/** A name becomes a folder (`runs/<name>`) on every system: no separators or reserved characters, not `.` or `..`. */
export const namePattern = /^(?!\.{1,2}$)[^/\\:*?"<>|\n\r\t\0]{1,100}$/;

/** What a file may hold; `z.input` of it is what a library user may pass. */
export const experimentSchema = z
  .strictObject({
    name: z
      .string()
      .regex(namePattern)
      .optional()
      .describe('Name of the run and of its folder. Default: the name of the file without its extension.'),
    seed: seed.default(0).describe('Seed of initial weights, batch order and dropout. Default 0.'),
    task: z.enum(taskNames).default('modular').describe('What is learned. Default modular arithmetic.'),
    dataset: datasetSchema.prefault({}).describe('The operation, its pairs, and their split.'),
    loader: loaderSchema.prefault({}).describe('How train examples are put into steps.'),
    model: modelSchema
      .prefault({ type: 'transformer' })
      .describe('The network. Default: the reference transformer, whose algorithm is known.'),
    train: trainSchema
      .prefault({})
      .describe('Loss, optimiser, schedule, and how often the run is looked at.'),
    milestones: milestonesSchema.prefault({}).describe('When a run counts as memorised and as grokked.'),
    spectral: spectralSchema.prefault({}).describe('How smooth the logits are on the graph of all inputs.'),
    measures: measuresSchema,
    analytic_dynamics: analyticDynamics,
    analytic_steps: analyticSteps,
    analytic_lr: analyticLr,
    laplacian_penalty: laplacianPenaltySchema
      .prefault({})
      .describe('Penalty on rough logits; accepted but not computed by this version.'),
  })
  .meta({ title: 'grokscope experiment' });

/** What a file or a library user may write: everything is optional but `type` inside `model`. */
export type ExperimentInput = z.input<typeof experimentSchema>;

/** A resolved experiment: every key set, every rule kept. */
export interface Experiment {
  name: string;
  seed: number;
  task: TaskName;
  dataset: DatasetConfig;
  loader: LoaderConfig;
  model: ModelConfig;
  train: TrainConfig;
  milestones: MilestonesConfig;
  spectral: SpectralConfig;
  measures: MeasureName[];
  analytic_dynamics: boolean;
  analytic_steps: number;
  analytic_lr: number;
  laplacian_penalty: LaplacianPenaltyConfig;
}

/** Fills in the defaults that depend on other keys. `name` is used where the experiment gives none. */
export function resolveDefaults(parsed: z.output<typeof experimentSchema>, name: string): Experiment {
  const { dataset, train, spectral } = parsed;
  const decayed = train.optimizer === 'adamw';
  return {
    ...parsed,
    name: parsed.name ?? name,
    dataset: {
      ...dataset,
      val_fraction: dataset.val_fraction ?? (dataset.split === 'hash' ? 0.1 : 0),
      seed: dataset.seed ?? parsed.seed,
    },
    train: {
      ...train,
      weight_decay: train.weight_decay ?? (decayed && train.weight_decay_kind !== 'none' ? 1 : 0),
      weight_decay_kind: train.weight_decay_kind ?? (decayed ? 'decoupled' : 'l2'),
      log_softmax_dtype: train.log_softmax_dtype ?? train.dtype,
    },
    spectral: { ...spectral, seed: spectral.seed ?? parsed.seed },
  };
}
