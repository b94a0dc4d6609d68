/** How many examples a split gives to train, validation and held-out, known before anything is built. */

export interface SplitSizes {
  train: number;
  validation: number;
  heldOut: number;
}

/**
 * How many of a pool are set apart as validation: at least one with split hash, and with any other unless val_fraction is 0.
 */
export function validationSize(
  pool: number,
  { split, val_fraction }: { split?: string; val_fraction: number },
): number {
  if (split !== 'hash' && val_fraction === 0) return 0;
  return Math.min(pool, Math.max(1, Math.floor(val_fraction * pool)));
}

/** Of a random split: the first round(train_fraction·n) of a permutation are the pool. */
export function randomSplitSizes(
  examples: number,
  config: { train_fraction: number; val_fraction: number },
): SplitSizes {
  const pool = Math.round(config.train_fraction * examples);
  const validation = validationSize(pool, config);
  return { train: pool - validation, validation, heldOut: examples - pool };
}
