/** What is measured of the spectrum of logits and activations, and how the low band is bounded. */
import { z } from 'zod';
import { count, seed, steps } from './numbers.ts';

export const spectralSchema = z
  .strictObject({
    compute: z
      .boolean()
      .default(false)
      .describe(
        'Measure the spectrum of the logits on the graph of all inputs, and of the embedding, at every evaluation. Default false.',
      ),
    mode: z
      .enum(['fraction', 'count', 'cutoff'])
      .default('fraction')
      .describe(
        'How `value` bounds the low band: a share of the modes, their number, or an eigenvalue. Default fraction.',
      ),
    value: z
      .number()
      .gt(0)
      .default(0.1)
      .describe(
        'Bound of the low band: fraction in (0, 1], count a whole number, cutoff up to 2. Default 0.1.',
      ),
    of: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
      .default('logits')
      .describe(
        'What is transformed: logits, or activations by name (hidden, attn_out, blocks.0.mlp.hook_post, …), one or a list. Default logits.',
      ),
    include_zero: z
      .boolean()
      .default(true)
      .describe(
        'Whether the constant mode counts in the statistics as stated; gauge-free ones never count it. Default true.',
      ),
    projection_samples: steps
      .default(1024)
      .describe(
        'Most output dimensions in a snapshot per dimension; of more, so many are drawn. Default 1024.',
      ),
    snapshot_stride: count
      .default(1)
      .describe('Every so many evaluations the whole spectrum is written to spectral/. Default 1.'),
    seed: seed.optional().describe('Seed of the drawn dimensions. Default: the seed of the experiment.'),
  })
  .meta({ title: 'spectral' });

export type SpectralConfig = Required<z.output<typeof spectralSchema>>;
