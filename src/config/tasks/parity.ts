/** Task `parity`: the product of k fixed coordinates of a string of n signs (sparse parity). */
import { z } from 'zod';
import type { BrokenRule } from '../broken-rule.ts';
import { configIssue } from '../error.ts';
import { randomSplitSizes, type SplitSizes, validationSize } from '../split-sizes.ts';
import { datasetSeed, labelNoise, MOST_LISTED, trainFraction, valFraction } from './keys.ts';
import { taskSettings } from './task.ts';

const MOST_SAMPLES = 100_000;
const MOST_BITS = 256;

const schema = z
  .strictObject({
    n: z
      .int()
      .min(1)
      .max(MOST_BITS)
      .default(40)
      .describe('Bits of a string. Default 40, as in the published run.'),
    k: z
      .int()
      .min(1)
      .max(MOST_BITS)
      .default(3)
      .describe(
        'Bits whose parity is asked for; which ones, the seed decides. Default 3, as in the published run.',
      ),
    samples: z
      .enum(['drawn', 'all'])
      .default('drawn')
      .describe(
        'drawn: train_samples and test_samples strings, all different; all: every string, divided by train_fraction (n up to 16). Default drawn: the cube is too large to list.',
      ),
    train_samples: z
      .int()
      .min(1)
      .max(MOST_SAMPLES)
      .default(1000)
      .describe('Strings in the train pool, if they are drawn. Default 1,000, as in the published run.'),
    test_samples: z
      .int()
      .min(1)
      .max(MOST_SAMPLES)
      .default(1000)
      .describe('Strings held out, if they are drawn. Default 1,000: accuracy to about a percent.'),
    train_fraction: trainFraction('Share of all strings in the train pool, if all are listed. Default 0.5.'),
    val_fraction: valFraction,
    seed: datasetSeed(
      'Seed of the k bits, the strings, their split and label noise. Default: the seed of the experiment.',
    ),
    label_noise: labelNoise,
  })
  .meta({
    title: 'dataset of task parity',
    description: 'Sparse parity: the product of k coordinates of a string of n signs, one bit a token.',
  });

type Config = Required<z.output<typeof schema>>;

/** Strings there are: the whole cube, or those that are drawn. */
function strings({ samples, n, train_samples, test_samples }: Config): number {
  return samples === 'all' ? 2 ** n : train_samples + test_samples;
}

function splitSizes(config: Config): SplitSizes {
  if (config.samples === 'all') return randomSplitSizes(strings(config), config);
  const validation = validationSize(config.train_samples, config);
  return { train: config.train_samples - validation, validation, heldOut: config.test_samples };
}

/** Sparse parity. */
export const parity = taskSettings<typeof schema>({
  schema,
  shape: (config) => ({
    examples: strings(config),
    operands: config.n,
    vocabulary: 2,
    classes: 2,
    answers: 1,
  }),
  splitSizes,
  title: ({ n, k }) => `parity of ${k} of ${n} bits`,
  examplesAre: 'strings',
  sizeKey: 'n',
  rules: [moreBitsThanAskedFor, cubeHolds],
});

function moreBitsThanAskedFor({ n, k }: Config): BrokenRule | null {
  if (k <= n) return null;
  const message = `dataset.k must be at most dataset.n, got k ${k} of ${n} bits`;
  return {
    issue: configIssue({ path: ['dataset', 'k'], message, expected: `at most ${n}`, got: String(k) }),
    others: [['dataset', 'n']],
  };
}

/** All strings can be listed, or as many different ones exist as are drawn. */
function cubeHolds(config: Config): BrokenRule | null {
  const { n, samples } = config;
  const others = ['n', 'samples', 'test_samples'].map((key) => ['dataset', key]);
  if (samples === 'all') {
    if (2 ** n <= MOST_LISTED) return null;
    const message = `dataset.samples all lists at most ${MOST_LISTED} strings (n 16), got n ${n}`;
    const suggestion = 'write samples: drawn, or a smaller n';
    return {
      issue: configIssue({ path: ['dataset', 'samples'], message, got: 'all', suggestion }),
      others,
    };
  }
  const wanted = strings(config);
  if (wanted <= 2 ** n) return null;
  const message = `dataset.train_samples and test_samples must add up to at most 2^n = ${2 ** n} different strings, got ${wanted}`;
  const suggestion = 'write samples: all with a train_fraction, or a larger n';
  return {
    issue: configIssue({ path: ['dataset', 'train_samples'], message, got: String(wanted), suggestion }),
    others,
  };
}
