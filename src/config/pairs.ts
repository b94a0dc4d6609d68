/**
 * Which pairs (a, b) a modular dataset has, and how many its split gives to each side. It stands here, below the tasks,
 * so that an empty split is an error of the configuration, before anything is built.
 */
import type { DatasetConfig } from './schema/dataset.ts';

type Pairs = Pick<DatasetConfig, 'N' | 'op' | 'pairs'>;
type Split = Pick<DatasetConfig, 'train_fraction' | 'val_fraction' | 'split' | 'seed'>;

export interface SplitSizes {
  train: number;
  validation: number;
  heldOut: number;
}

/** Number of pairs: N² ordered, N(N+1)/2 unordered; for div without the pairs b = 0. */
export function pairCount({ N, op, pairs }: Pairs): number {
  const all = pairs === 'ordered' ? N * N : (N * (N + 1)) / 2;
  const withoutInverse = pairs === 'ordered' ? N : 1;
  return op === 'div' ? all - withoutInverse : all;
}

/** Calls `visit` for every pair, in row-major order, until it answers false. */
export function visitPairs({ N, op, pairs }: Pairs, visit: (a: number, b: number) => boolean): void {
  for (let a = 0; a < N; a++)
    for (let b = pairs === 'ordered' ? 0 : a; b < N; b++) {
      if (op === 'div' && b === 0) continue;
      if (!visit(a, b)) return;
    }
}

/**
 * The low 32 bits of (a·1315423911) xor (b·2654435761) xor seed, unsigned: the hash of the accepted configuration format.
 * The products pass 2⁵³, so they are taken modulo 2³² exactly.
 */
export function pairHash(a: number, b: number, seed: number): number {
  return (Math.imul(a, 1315423911) ^ Math.imul(b, 2654435761) ^ seed) >>> 0;
}

/** Whether split `hash` puts the pair into the train pool. */
export function isInHashPool(a: number, b: number, { train_fraction, seed }: Split): boolean {
  return pairHash(a, b, seed) / 2 ** 32 < train_fraction;
}

/** How many of a pool are set apart as validation: at least one with split hash, and with random unless val_fraction is 0. */
export function validationSize(pool: number, { split, val_fraction }: Split): number {
  if (split === 'random' && val_fraction === 0) return 0;
  return Math.min(pool, Math.max(1, Math.floor(val_fraction * pool)));
}

/** The sizes of the three parts, which add up to the number of pairs. */
export function splitSizes(dataset: Pairs & Split): SplitSizes {
  const total = pairCount(dataset);
  const pool =
    dataset.split === 'random' ? Math.round(dataset.train_fraction * total) : hashPoolSize(dataset);
  const validation = validationSize(pool, dataset);
  return { train: pool - validation, validation, heldOut: total - pool };
}

function hashPoolSize(dataset: Pairs & Split): number {
  let pool = 0;
  visitPairs(dataset, (a, b) => {
    if (isInHashPool(a, b, dataset)) pool++;
    return true;
  });
  return pool;
}
