/** Task `copy`: a sequence of tokens, a delimiter, the sequence again, with as many answers as the sequence is long. */
import { z } from 'zod';
import type { BrokenRule } from '../broken-rule.ts';
import { configIssue } from '../error.ts';
import { randomSplitSizes } from '../split-sizes.ts';
import { datasetSeed, MOST_LISTED, trainFraction, valFraction } from './keys.ts';
import { taskSettings } from './task.ts';

const schema = z
  .strictObject({
    alphabet: z
      .int()
      .min(2)
      .max(MOST_LISTED)
      .default(8)
      .describe('Different tokens of a sequence. Default 8.'),
    length: z
      .int()
      .min(1)
      .max(16)
      .default(4)
      .describe('Tokens of a sequence; alphabet^length is at most 65,536. Default 4: 4,096 sequences.'),
    train_fraction: trainFraction('Share of all sequences in the train pool. Default 0.5.'),
    val_fraction: valFraction,
    seed: datasetSeed('Seed of the split. Default: the seed of the experiment.'),
  })
  .meta({
    title: 'dataset of task copy',
    description: 'All sequences of a length over an alphabet; each is to be said again, token by token.',
  });

type Config = Required<z.output<typeof schema>>;

/** alphabet^length by multiplication: exact as far as it is admitted. */
function sequences({ alphabet, length }: Pick<Config, 'alphabet' | 'length'>): number {
  let count = 1;
  for (let i = 0; i < length; i++) count *= alphabet;
  return count;
}

/** Copying of sequences. */
export const copy = taskSettings<typeof schema>({
  schema,
  shape: (config) => ({
    examples: sequences(config),
    operands: config.length,
    vocabulary: config.alphabet,
    classes: config.alphabet,
    answers: config.length,
  }),
  splitSizes: (config) => randomSplitSizes(sequences(config), config),
  title: ({ alphabet, length }) => `copying ${length} of ${alphabet} tokens`,
  examplesAre: 'sequences',
  sizeKey: 'length',
  rules: [canBeListed],
});

function canBeListed(config: Config): BrokenRule | null {
  const count = sequences(config);
  if (count <= MOST_LISTED) return null;
  const { alphabet, length } = config;
  const message = `dataset.length ${length} over an alphabet of ${alphabet} makes ${count} sequences, and at most ${MOST_LISTED} are listed`;
  return {
    issue: configIssue({
      path: ['dataset', 'length'],
      message,
      expected: `at most ${MOST_LISTED} sequences`,
      got: String(count),
      suggestion: 'choose a smaller length or alphabet',
    }),
    others: [['dataset', 'alphabet']],
  };
}
