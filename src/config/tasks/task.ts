/** What the configuration knows of a task before anything of it is built: the keys of its `dataset`, and its sizes. */
import type { z } from 'zod';
import type { BrokenRule } from '../broken-rule.ts';
import type { SplitSizes } from '../split-sizes.ts';

/** What a network has to know of a task, and how many examples there are. */
export interface TaskShape {
  /** Examples the task knows, of all splits together. */
  examples: number;
  /** Columns of tokens of an example. */
  operands: number;
  /** Tokens are 0 … vocabulary − 1. */
  vocabulary: number;
  /** Answers are 0 … classes − 1. */
  classes: number;
  /** Answers of an example: 1 but for sequences. */
  answers: number;
}

/** A task as the configuration sees it. `Config` is its `dataset` section with every key set. */
export interface TaskSettings<Schema extends z.ZodType = z.ZodType, Config = Required<z.output<Schema>>> {
  /** Keys of `dataset`. */
  readonly schema: Schema;
  /** Defaults that depend on other keys of the section; `seed` and `val_fraction` are filled in for every task. */
  defaults?(given: z.output<Schema>): object;
  shape(config: Config): TaskShape;
  splitSizes(config: Config): SplitSizes;
  /** In words, as in `mlp on add modulo 53`. */
  title(config: Config): string;
  /** What examples are called. */
  readonly examplesAre: 'pairs' | 'strings' | 'sequences';
  /** The key that makes the task larger or smaller. */
  readonly sizeKey: string;
  /** Rules between the keys of the section. */
  readonly rules?: readonly ((config: Config) => BrokenRule | null)[];
}

/** Settings of a task, with the type of the configuration taken from its schema. */
export function taskSettings<Schema extends z.ZodType>(settings: TaskSettings<Schema>): TaskSettings<Schema> {
  return settings;
}
