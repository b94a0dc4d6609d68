/** When a run counts as memorised and as grokked: part of every result that quotes such a step. */
import { z } from 'zod';
import { count } from './numbers.ts';

const threshold = z.number().gt(0).max(1);

export const milestonesSchema = z
  .strictObject({
    memorize_threshold: threshold
      .default(0.99)
      .describe('Train accuracy from which a run has memorised. Default 0.99.'),
    grok_threshold: threshold
      .default(0.95)
      .describe('Held-out accuracy from which a run has grokked. Default 0.95.'),
    grok_patience: count
      .default(3)
      .describe(
        'Evaluations the accuracy has to stay there to be stable. Default 3: a single spike does not count.',
      ),
  })
  .meta({ title: 'milestones' });

export type MilestonesConfig = z.output<typeof milestonesSchema>;
