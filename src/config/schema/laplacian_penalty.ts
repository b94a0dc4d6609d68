/** The penalty on rough logits: the Laplacian energy of the network's function, added to the loss. */
import { z } from 'zod';

export const laplacianPenaltySchema = z
  .strictObject({
    compute: z.boolean().default(false).describe('Add the Laplacian energy of the logits to the loss.'),
    alpha: z.number().min(0).default(0.01).describe('Strength of the penalty. Default 0.01.'),
  })
  .meta({ title: 'laplacian_penalty' });

export type LaplacianPenaltyConfig = z.output<typeof laplacianPenaltySchema>;
