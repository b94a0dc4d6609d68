/** The penalties by their names in the configuration: a new one is one file, named here and in the schema. */

import type { LaplacianPenaltyConfig } from '../../config/index.ts';
import { bestRelabelled } from './best_relabelled.ts';
import { embeddingEntropy } from './embedding_entropy.ts';
import { literal } from './literal.ts';
import { neighbours } from './neighbours.ts';
import type { PenaltyBuilder } from './penalty.ts';
import { permuted } from './permuted.ts';
import { trainPairs } from './train_pairs.ts';

export type { Penalty, PenaltySetting } from './penalty.ts';

export const penalties: Record<LaplacianPenaltyConfig['kind'], PenaltyBuilder> = {
  literal,
  train_pairs: trainPairs,
  best_relabelled: bestRelabelled,
  embedding_entropy: embeddingEntropy,
  neighbours,
  permuted,
};
