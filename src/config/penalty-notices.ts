/** What a penalty is told that a network trained on its examples would not know: it belongs to every result (meta.json). */
import type { Experiment } from './experiment.ts';
import type { LaplacianPenaltyConfig } from './schema/laplacian_penalty.ts';

const KNOWS: Record<LaplacianPenaltyConfig['kind'], string> = {
  literal: 'sees unlabelled test inputs and the true graph: the network is run on all N² pairs',
  train_pairs: 'sees the true graph, on train pairs alone',
  best_relabelled:
    'sees unlabelled test inputs and is told the operation: the network is run on all N² pairs',
  embedding_entropy: 'is told the group of the tokens, and sees no inputs',
  neighbours: 'sees neither test inputs nor the true graph: train pairs, and a graph of its own embedding',
  permuted:
    'sees unlabelled test inputs and a graph that is not the true one: a negative control, the network is run on all N² pairs',
};

/** One sentence on what the penalty knows, and one where it does not act. */
export function penaltyNotices({ laplacian_penalty }: Pick<Experiment, 'laplacian_penalty'>): string[] {
  const { compute, kind, alpha } = laplacian_penalty;
  if (!compute) return [];
  return [
    `laplacian_penalty.kind ${kind} ${KNOWS[kind]}`,
    ...(alpha === 0 ? ['laplacian_penalty.alpha is 0: the penalty is logged and does not act'] : []),
  ];
}
