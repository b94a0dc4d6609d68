/** The penalty on rough functions, and its variants: what is added to the loss, times alpha. */
import { z } from 'zod';
import { count } from './numbers.ts';

/** What of the network is penalised; each is a file in src/training/penalties/. */
export const penaltyKinds = [
  'literal',
  'train_pairs',
  'best_relabelled',
  'embedding_entropy',
  'neighbours',
  'permuted',
] as const;

export const laplacianPenaltySchema = z
  .strictObject({
    compute: z
      .boolean()
      .default(false)
      .describe('Add the penalty to the loss, and log it as laplacian_penalty. Default false.'),
    alpha: z
      .number()
      .min(0)
      .default(0.01)
      .describe('Strength of the penalty. Default 0.01; 0 logs it and leaves training alone.'),
    kind: z
      .enum(penaltyKinds)
      .default('literal')
      .describe(
        "literal: Laplacian energy of the logits over all N² inputs; train_pairs: over train pairs alone; best_relabelled: of the functions of the answer, numbered at their smoothest; embedding_entropy: entropy of the embedding's spectrum; neighbours: energy over train pairs on the graph of nearest neighbours in the embedding; permuted: literal on a cycle in random order, the control. Default literal, as it was proposed.",
      ),
    neighbours: count
      .default(2)
      .describe('Nearest neighbours of a token in kind neighbours. Default 2, as many as on a cycle.'),
    refresh_steps: count
      .default(20)
      .describe(
        'Steps between two drawings of the graph in kind neighbours. Default 20: an embedding moves little in between, and drawing is felt little.',
      ),
  })
  .meta({ title: 'laplacian_penalty' });

export type LaplacianPenaltyConfig = z.output<typeof laplacianPenaltySchema>;
