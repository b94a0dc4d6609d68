/** How train examples are put into steps. */
import { z } from 'zod';
import { count } from './numbers.ts';

export const loaderSchema = z
  .strictObject({
    batch_size: z
      .union([z.literal('full'), count])
      .default('full')
      .describe(
        'Train examples per step; the last, smaller batch of an epoch is kept. Default full: the grokking literature trains on all examples at once.',
      ),
    num_workers: z
      .int()
      .min(0)
      .default(0)
      .describe('Accepted from other frameworks, without effect: the data are already in memory.'),
    pin_memory: z
      .boolean()
      .default(false)
      .describe('Accepted from other frameworks, without effect: nothing is copied to another device.'),
  })
  .meta({ title: 'loader' });

export type LoaderConfig = z.output<typeof loaderSchema>;
