/** The two splits of pairs: `random`, a Philox permutation, and `hash`, bit-compatible with the accepted format. */
import type { DatasetConfig } from '../config/index.ts';
import { isInHashPool, validationSize } from '../config/pairs.ts';
import { Stream } from '../engine/philox.ts';

/** Every example number in exactly one part; each part ascending, so that neighbours share their operand a. */
export interface Split {
  train: Int32Array;
  validation: Int32Array;
  heldOut: Int32Array;
}

type SplitConfig = Pick<DatasetConfig, 'split' | 'train_fraction' | 'val_fraction' | 'seed'>;

/**
 * Splits the pairs (a[i], b[i]), which stand in row-major order. The train pool is, for `random`, the first
 * round(train_fraction·n) of a permutation from stream (seed, 'split'); for `hash`, every pair with
 * hash/2³² < train_fraction, in row-major order. The first of the pool become validation, the rest train.
 */
export function splitPairs(a: Int32Array, b: Int32Array, config: SplitConfig): Split {
  const { pool, heldOut } = config.split === 'hash' ? hashPool(a, b, config) : randomPool(a.length, config);
  const validation = validationSize(pool.length, config);
  return {
    train: pool.slice(validation).sort(),
    validation: pool.slice(0, validation).sort(),
    heldOut: heldOut.sort(),
  };
}

interface Pool {
  pool: Int32Array;
  heldOut: Int32Array;
}

function randomPool(size: number, { seed, train_fraction }: SplitConfig): Pool {
  const order = new Stream(seed, 'split').permutation(size);
  const poolSize = Math.round(train_fraction * size);
  return { pool: order.slice(0, poolSize), heldOut: order.slice(poolSize) };
}

function hashPool(a: Int32Array, b: Int32Array, config: SplitConfig): Pool {
  const examples = Int32Array.from(a, (_, example) => example);
  const isInPool = (example: number) => isInHashPool(a[example], b[example], config);
  return {
    pool: examples.filter(isInPool),
    heldOut: examples.filter((example) => !isInPool(example)),
  };
}
