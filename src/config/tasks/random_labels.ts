/** Task `random_labels`: a label drawn for each pair, with nothing to understand: the control for every measure. */
import { z } from 'zod';
import { datasetSeed, operandCount, pairSplitKeys, pairsKind, trainFraction } from './keys.ts';
import { pairTask } from './pair-task.ts';

const schema = z
  .strictObject({
    N: operandCount(
      'How many operands there are: 0 … N − 1. Default 53, as in the task it is compared with.',
    ),
    classes: z
      .int()
      .min(2)
      .max(46340)
      .optional()
      .describe('How many labels there are. Default: N, as in modular arithmetic.'),
    pairs: pairsKind('ordered: all (a, b); unordered: a ≤ b only. Default ordered.'),
    train_fraction: trainFraction(
      'Share of the pairs in the train pool. Default 0.5; on the others accuracy can only be chance.',
    ),
    ...pairSplitKeys,
    seed: datasetSeed('Seed of labels and split. Default: the seed of the experiment.'),
  })
  .meta({
    title: 'dataset of task random_labels',
    description: 'A lookup table: a random label for each pair.',
  });

/** Random labels on pairs. */
export const randomLabels = pairTask(schema, {
  classes: ({ classes }) => classes,
  title: ({ N, classes }) => `${classes} random labels on pairs of ${N}`,
  defaults: (given) => {
    const { N, classes } = given as z.output<typeof schema>;
    return { classes: classes ?? N };
  },
});
