/** The list of tasks: a new one is a file beside this, named here and in src/config/tasks/ (docs/add-a-task.md). */
import type { DatasetConfig, Experiment, TaskName } from '../config/index.ts';
import { copyDataset } from './copy.ts';
import type { Dataset } from './dataset.ts';
import { groupDataset } from './group.ts';
import { modularDataset } from './modular.ts';
import { parityDataset } from './parity.ts';
import { randomLabelsDataset } from './random_labels.ts';

export type { CyclicStructure, Dataset, Structure } from './dataset.ts';
export { type Character, type FiniteGroup, groupOf } from './groups/index.ts';
export { characterTransform, groupSize, type InputGroup, type InputGroups } from './input-group/index.ts';
export { inverseModulo, operationModulo } from './operations.ts';
export type { Split } from './split.ts';

export const tasks: { [Task in TaskName]: (config: DatasetConfig<Task>) => Dataset } = {
  modular: modularDataset,
  group: groupDataset,
  parity: parityDataset,
  copy: copyDataset,
  random_labels: randomLabelsDataset,
};

/** The examples of an experiment: the same bits for the same `dataset` section. */
export function buildDataset({ task, dataset }: Pick<Experiment, 'task' | 'dataset'>): Dataset {
  const build = tasks[task] as (config: DatasetConfig) => Dataset;
  return build(dataset);
}
