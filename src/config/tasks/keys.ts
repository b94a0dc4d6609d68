/** Keys that the `dataset` sections of several tasks share. */
import { z } from 'zod';
import { partialShare, seed, share } from '../schema/numbers.ts';

/** @param text what it is a share of, and why the default */
export const trainFraction = (text: string) => share.default(0.5).describe(text);

export const valFraction = partialShare
  .optional()
  .describe(
    'Share of the train pool set apart as validation. Default 0: validation is then the held-out examples.',
  );

export const datasetSeed = (text: string) => seed.optional().describe(text);

export const labelNoise = share
  .default(0)
  .describe(
    'Share of the train labels replaced by a class drawn from all, the true one included. Default 0: a clean task.',
  );

const seedText = 'Seed of split and label noise. Default: the seed of the experiment.';

/** Keys of every task on pairs: which are trained on. */
export const pairSplitKeys = {
  val_fraction: partialShare
    .optional()
    .describe(
      'Share of the train pool set apart as validation. Default 0.1 with split hash (which always sets at least one pair apart) and 0 with split random (validation is then the held-out pairs).',
    ),
  split: z
    .enum(['random', 'hash'])
    .default('random')
    .describe(
      'random: a seeded permutation, exact sizes; hash: each pair decided by a hash of (a, b, seed). Default random: exact sizes make runs comparable.',
    ),
  seed: datasetSeed(seedText),
};

/** Strings or sequences that are listed at most. */
export const MOST_LISTED = 65_536;

/** N² example numbers have to fit a signed 32-bit word. */
const MOST_OPERANDS = 46340;

/** @param text what N counts */
export const operandCount = (text: string) => z.int().min(2).max(MOST_OPERANDS).default(53).describe(text);

/** @param text what either choice means */
export const pairsKind = (text: string) => z.enum(['ordered', 'unordered']).default('ordered').describe(text);
