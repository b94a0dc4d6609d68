/** What is learned: an operation on Z_N, which pairs (a, b) exist, and how they are divided. */
import { z } from 'zod';
import { partialShare, seed, share } from './numbers.ts';

export const operations = [
  'add',
  'sub',
  'mul',
  'div',
  'x^2+y^2',
  'x^2+xy+y^2',
  'x^3+xy',
  'x^3+xy^2+y',
] as const;

/** N² example numbers have to fit a signed 32-bit word. */
const LARGEST_MODULUS = 46340;

export const datasetSchema = z
  .strictObject({
    N: z
      .int()
      .min(2)
      .max(LARGEST_MODULUS)
      .default(53)
      .describe('The modulus. Default 53: the everyday example, with seconds of training before it groks.'),
    op: z
      .enum(operations)
      .default('add')
      .describe(
        'The operation, taken modulo N; div is a·b⁻¹ without the pairs b = 0, and needs a prime N. Default add: the task of the grokking literature.',
      ),
    pairs: z
      .enum(['ordered', 'unordered'])
      .default('ordered')
      .describe(
        'ordered: all (a, b); unordered: a ≤ b only. Default ordered, as in most published runs; with a commutative operation (b, a) in train then gives (a, b) away.',
      ),
    train_fraction: share
      .default(0.5)
      .describe(
        'Share of the pairs in the train pool. Default 0.5: enough to understand N = 53 within 3,000 steps.',
      ),
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
    seed: seed.optional().describe('Seed of split and label noise. Default: the seed of the experiment.'),
    label_noise: share
      .default(0)
      .describe(
        'Share of the train labels replaced by a class drawn from all N, the true one included. Default 0: a clean task.',
      ),
  })
  .meta({ title: 'dataset' });

/** Every key set: `seed` and `val_fraction` have been filled in from the rest of the experiment. */
export type DatasetConfig = Required<z.output<typeof datasetSchema>>;
export type Operation = DatasetConfig['op'];
