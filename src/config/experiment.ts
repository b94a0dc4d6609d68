/**
 * The experiment: the schema of a configuration file, the same for all tasks but for the section `dataset`, and the type of
 * a resolved one. Keys are those of the file (snake_case); a default that depends on another key is filled in by
 * {@link resolveDefaults}.
 */
import { z } from 'zod';
import { analyticDynamics, analyticLr, analyticSteps } from './schema/analytic.ts';
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
import type { TrainConfig } from './schema/train.ts';
import { trainSchema } from './schema/train.ts';
import {
  type DatasetConfig,
  type DatasetInput,
  settingsOf,
  settingsOfTasks,
  type TaskName,
  taskNames,
} from './tasks/index.ts';

/** A name becomes a folder (`runs/<name>`) on every system: no separators or reserved characters, not `.` or `..`. */
export const namePattern = /^(?!\.{1,2}$)[^/\\:*?"<>|\n\r\t\0]{1,100}$/;

/** The schema of an experiment, given that of its section `dataset`. */
const withDataset = <Dataset extends z.ZodType>(dataset: Dataset) =>
  z
    .strictObject({
      name: z
        .string()
        .regex(namePattern)
        .optional()
        .describe('Name of the run and of its folder. Default: the name of the file without its extension.'),
      seed: seed
        .default(0)
        .describe('Seed of initial weights, batch order, dropout and sampled answers. Default 0.'),
      task: z
        .enum(taskNames)
        .default('modular')
        .describe('What is learned; it decides the keys of `dataset`. Default modular arithmetic.'),
      dataset,
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
        .describe('Penalty on rough functions, added to the loss.'),
    })
    .meta({ title: 'grokscope experiment' });

type ExperimentSchemas = {
  [Task in TaskName]: ReturnType<typeof withDataset<z.ZodPrefault<(typeof settingsOfTasks)[Task]['schema']>>>;
};

/** What a file may hold, by its task. */
export const experimentSchemas = Object.fromEntries(
  taskNames.map((task) => {
    const dataset = settingsOfTasks[task].schema as z.ZodType<object, object>;
    return [task, withDataset(dataset.prefault({}))];
  }),
) as unknown as ExperimentSchemas;

/** What a file of the default task may hold. */
export const experimentSchema = experimentSchemas.modular;

type SharedInput = Omit<z.input<typeof experimentSchema>, 'task' | 'dataset'>;

/** What a file or a library user may write: everything is optional but `type` inside `model`, and a task other than modular. */
export type ExperimentInput<Task extends TaskName = TaskName> = {
  [Each in Task]: SharedInput & { dataset?: DatasetInput<Each> | undefined } & (Each extends 'modular'
      ? { task?: Each | undefined }
      : { task: Each });
}[Task];

/** Everything of an experiment but its task. */
interface TasklessExperiment {
  name: string;
  seed: number;
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

/** A resolved experiment: every key set, every rule kept. Its `task` says which keys `dataset` has. */
export type Experiment<Task extends TaskName = TaskName> = {
  [Each in Task]: TasklessExperiment & { task: Each; dataset: DatasetConfig<Each> };
}[Task];

/** What the schema of any task gives. */
export type ParsedExperiment = z.output<(typeof experimentSchemas)[TaskName]>;

/** Fills in the defaults that depend on other keys. `name` is used where the experiment gives none. */
export function resolveDefaults(parsed: ParsedExperiment, name: string): Experiment {
  const { task, train, spectral } = parsed;
  const dataset: { val_fraction?: number; seed?: number; split?: string } = parsed.dataset;
  const decayed = train.optimizer === 'adamw';
  const hashed = dataset.split === 'hash';
  return {
    ...parsed,
    name: parsed.name ?? name,
    dataset: {
      ...dataset,
      ...settingsOf(task).defaults?.(dataset),
      val_fraction: dataset.val_fraction ?? (hashed ? 0.1 : 0),
      seed: dataset.seed ?? parsed.seed,
    },
    train: {
      ...train,
      weight_decay: train.weight_decay ?? (decayed && train.weight_decay_kind !== 'none' ? 1 : 0),
      weight_decay_kind: train.weight_decay_kind ?? (decayed ? 'decoupled' : 'l2'),
      log_softmax_dtype: train.log_softmax_dtype ?? train.dtype,
    },
    spectral: { ...spectral, seed: spectral.seed ?? parsed.seed },
  } as Experiment;
}
