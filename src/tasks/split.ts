/** The two splits: `random`, a Philox permutation, and, of pairs, `hash`, bit-compatible with the accepted format. */
import { isInHashPool, type PairSplit } from '../config/pairs.ts';
import { validationSize } from '../config/split-sizes.ts';
import { Stream } from '../engine/philox.ts';

/** Every example number in exactly one part; each part ascending, so that neighbours share their operand a. */
export interface Split {
  train: Int32Array;
  validation: Int32Array;
  heldOut: Int32Array;
}

/**
 * Splits the pairs (a[i], b[i]), which stand in row-major order. The train pool is, for `random`, the first
 * round(train_fraction·n) of a permutation from stream (seed, 'split'); for `hash`, every pair with
 * hash/2³² < train_fraction, in row-major order. The first of the pool become validation, the rest train.
 */
export function splitPairs(a: Int32Array, b: Int32Array, config: PairSplit): Split {
  return config.split === 'hash'
    ? dividePool(hashPool(a, b, config), config)
    : splitAtRandom(a.length, config);
}

/** The split `random` of any examples. */
export function splitAtRandom(
  size: number,
  config: Pick<PairSplit, 'seed' | 'train_fraction' | 'val_fraction'>,
): Split {
  const order = new Stream(config.seed, 'split').permutation(size);
  const poolSize = Math.round(config.train_fraction * size);
  return dividePool({ pool: order.slice(0, poolSize), heldOut: order.slice(poolSize) }, config);
}

/** Numbers of the examples on either side, in any order. */
interface Pool {
  pool: Int32Array;
  heldOut: Int32Array;
}

/** The first of the pool become validation, as many as `val_fraction` asks for. */
export function dividePool({ pool, heldOut }: Pool, config: { split?: string; val_fraction: number }): Split {
  const validation = validationSize(pool.length, config);
  return {
    train: pool.slice(validation).sort(),
    validation: pool.slice(0, validation).sort(),
    heldOut: heldOut.sort(),
  };
}

function hashPool(a: Int32Array, b: Int32Array, config: PairSplit): Pool {
  const examples = Int32Array.from(a, (_, example) => example);
  const isInPool = (example: number) => isInHashPool(a[example], b[example], config);
  return {
    pool: examples.filter(isInPool),
    heldOut: examples.filter((example) => !isInPool(example)),
  };
}
