/**
 * Keys of the accepted configuration format that this version checks and keeps but does not act on
 * (spectral measures, analytic dynamics, the Laplacian penalty); switching one on gives a notice.
 */
import { z } from 'zod';
import { count, seed, steps } from './numbers.ts';

export const spectralSchema = z
  .strictObject({
    compute: z.boolean().default(false).describe('Measure the spectrum on the torus at evaluations.'),
    mode: z
      .enum(['fraction', 'count', 'cutoff'])
      .default('fraction')
      .describe('How `value` bounds the low band: a share of the modes, their number, or an eigenvalue.'),
    value: z
      .number()
      .gt(0)
      .default(0.1)
      .describe(
        'Bound of the low band: fraction in (0, 1], count a whole number, cutoff up to 2. Default 0.1.',
      ),
    include_zero: z.boolean().default(true).describe('Whether the constant mode counts. Default true.'),
    projection_samples: steps.default(1024).describe('Samples for projections. Default 1024.'),
    snapshot_stride: count.default(1).describe('Evaluations per snapshot. Default 1.'),
    seed: seed.optional().describe('Seed of projections. Default: the seed of the experiment.'),
  })
  .meta({ title: 'spectral' });

export const laplacianPenaltySchema = z
  .strictObject({
    compute: z.boolean().default(false).describe('Add the Laplacian energy of the logits to the loss.'),
    alpha: z.number().min(0).default(0.01).describe('Strength of the penalty. Default 0.01.'),
  })
  .meta({ title: 'laplacian_penalty' });

export const analyticDynamics = z
  .boolean()
  .default(false)
  .describe(
    'Run the isolated dynamics of the zero-loss manifold beside training; accepted but not computed by this version.',
  );
export const analyticSteps = count
  .default(5000)
  .describe('Steps of the isolated dynamics; without effect in this version. Default 5,000.');
export const analyticLr = z
  .number()
  .gt(0)
  .default(1e-3)
  .describe('Step size of the isolated dynamics; without effect in this version. Default 1e-3.');

export type SpectralConfig = Required<z.output<typeof spectralSchema>>;
export type LaplacianPenaltyConfig = z.output<typeof laplacianPenaltySchema>;
