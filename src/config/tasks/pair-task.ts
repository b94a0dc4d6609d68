/** Tasks on two operands 0 … N − 1: the keys they share, and what follows from them. */
import type { z } from 'zod';
import { type PairSplit, type Pairs, pairCount, pairSplitSizes } from '../pairs.ts';
import { labelNoise, operandCount, pairSplitKeys, pairsKind, trainFraction } from './keys.ts';
import { type TaskSettings, taskSettings } from './task.ts';

/** For a new task on pairs: everything but what it asks about them. */
export const pairKeys = {
  N: operandCount('How many operands there are: 0 … N − 1. Default 53.'),
  pairs: pairsKind('ordered: all (a, b); unordered: a ≤ b only. Default ordered.'),
  train_fraction: trainFraction('Share of the pairs in the train pool. Default 0.5.'),
  ...pairSplitKeys,
  label_noise: labelNoise,
};

interface PairTask<Config> extends Pick<TaskSettings<z.ZodType, Config>, 'title' | 'rules'> {
  readonly sizeKey?: string;
  /** Number of answers. */
  classes(config: Config): number;
  /** Which pairs there are, where the section does not say it itself. */
  pairs?(config: Config): Pairs;
  defaults?: TaskSettings['defaults'];
}

/** The settings of a task on pairs; a token is an operand. */
export function pairTask<Schema extends z.ZodType>(
  schema: Schema,
  task: PairTask<Required<z.output<Schema>>>,
): TaskSettings<Schema> {
  const { classes, title, rules, defaults, sizeKey = 'N' } = task;
  type Config = Required<z.output<Schema>>;
  const pairs = task.pairs ?? ((config: Config) => config as unknown as Pairs);
  return taskSettings({
    schema,
    defaults,
    shape: (config: Config) => {
      const of = pairs(config);
      const size = { examples: pairCount(of), operands: 2, vocabulary: of.N };
      return { ...size, classes: classes(config), answers: 1 };
    },
    splitSizes: (config: Config) => pairSplitSizes({ ...(config as unknown as PairSplit), ...pairs(config) }),
    title,
    examplesAre: 'pairs',
    sizeKey,
    rules,
  });
}
