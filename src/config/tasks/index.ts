/** The tasks as the configuration knows them: a new one is a file beside this, named here and in src/tasks/index.ts. */
import type { z } from 'zod';
import type { SplitSizes } from '../split-sizes.ts';
import { copy } from './copy.ts';
import { group } from './group.ts';
import { modular } from './modular.ts';
import { parity } from './parity.ts';
import { randomLabels } from './random_labels.ts';
import type { TaskSettings, TaskShape } from './task.ts';

export const settingsOfTasks = { modular, group, parity, copy, random_labels: randomLabels };

export type TaskName = keyof typeof settingsOfTasks;

export const taskNames = Object.keys(settingsOfTasks) as [TaskName, ...TaskName[]];

type Schema<Task extends TaskName> = (typeof settingsOfTasks)[Task]['schema'];

/** What may be written in the `dataset` section of a task. */
export type DatasetInput<Task extends TaskName> = z.input<Schema<Task>>;

/** The `dataset` section of a task with every key set; without a task, that of any. */
export type DatasetConfig<Task extends TaskName = TaskName> = {
  [Each in Task]: Required<z.output<Schema<Each>>>;
}[Task];

/** A task with its section, as an experiment has them. */
export interface ConfiguredTask {
  task: TaskName;
  dataset: DatasetConfig;
}

/** That a section belongs to its task is lost where tasks are looked up by name; it is put right here alone. */
export function settingsOf(task: TaskName): TaskSettings<z.ZodType, DatasetConfig> {
  return settingsOfTasks[task] as unknown as TaskSettings<z.ZodType, DatasetConfig>;
}

/** What a network has to know of the task, and how many examples there are. */
export function taskShape({ task, dataset }: ConfiguredTask): TaskShape {
  return settingsOf(task).shape(dataset);
}

/** The sizes of the three parts, which add up to the number of examples. */
export function splitSizes({ task, dataset }: ConfiguredTask): SplitSizes {
  return settingsOf(task).splitSizes(dataset);
}

/** The task in words, as in `add modulo 53`. */
export function taskTitle({ task, dataset }: ConfiguredTask): string {
  return settingsOf(task).title(dataset);
}

/** What examples of the task are called: pairs, strings, … */
export function examplesAre({ task }: ConfiguredTask): string {
  return settingsOf(task).examplesAre;
}
