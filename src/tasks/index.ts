/** The list of tasks: a new one is a file beside this, named here and in src/config/schema/task.ts (docs/add-a-task.md). */
import type { DatasetConfig, Experiment } from '../config/index.ts';
import type { Dataset } from './dataset.ts';
import { modularDataset } from './modular.ts';

export type { CyclicStructure, Dataset } from './dataset.ts';
export { characterTransform, groupSize, type InputGroup, type InputGroups } from './input-group/index.ts';
export { inverseModulo, operationModulo } from './operations.ts';
export type { Split } from './split.ts';

export const tasks: Record<Experiment['task'], (config: DatasetConfig) => Dataset> = {
  modular: modularDataset,
};

/** The examples of an experiment: the same bits for the same `dataset` section. */
export function buildDataset(experiment: Pick<Experiment, 'task' | 'dataset'>): Dataset {
  return tasks[experiment.task](experiment.dataset);
}
