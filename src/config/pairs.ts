/**
 * Which pairs (a, b) a task on two operands has, and how many its split gives to each side. It stands here, below the
 * tasks, so that an empty split is an error of the configuration, before anything is built.
 */
import { randomSplitSizes, type SplitSizes, validationSize } from './split-sizes.ts';

/** Operands are 0 … N − 1; `op` div leaves out b = 0. */
export interface Pairs {
  N: number;
  op?: string;
  pairs: 'ordered' | 'unordered';
}

/** How pairs are divided. */
export interface PairSplit {
  train_fraction: number;
  val_fraction: number;
  split: 'random' | 'hash';
  seed: number;
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
export function isInHashPool(
  a: number,
  b: number,
  { train_fraction, seed }: Pick<PairSplit, 'train_fraction' | 'seed'>,
): boolean {
  return pairHash(a, b, seed) / 2 ** 32 < train_fraction;
}

/** The sizes of the three parts, which add up to the number of pairs. */
export function pairSplitSizes(dataset: Pairs & PairSplit): SplitSizes {
  const total = pairCount(dataset);
  if (dataset.split === 'random') return randomSplitSizes(total, dataset);
  const pool = hashPoolSize(dataset);
  const validation = validationSize(pool, dataset);
  return { train: pool - validation, validation, heldOut: total - pool };
}

function hashPoolSize(dataset: Pairs & PairSplit): number {
  let pool = 0;
  visitPairs(dataset, (a, b) => {
    if (isInHashPool(a, b, dataset)) pool++;
    return true;
  });
  return pool;
}
