/** Task `modular`: c = op(a, b) on Z_N, over ordered or unordered pairs in row-major order. */
import type { DatasetConfig } from '../config/index.ts';
import { pairCount, visitPairs } from '../config/pairs.ts';
import type { Dataset } from './dataset.ts';
import { withLabelNoise } from './label-noise.ts';
import { operationModulo } from './operations.ts';
import { splitPairs } from './split.ts';

/** @throws {RangeError} for div with a composite N (the configuration refuses it earlier, with its place) */
export function modularDataset(config: DatasetConfig): Dataset {
  const { N, op } = config;
  const size = pairCount(config);
  const a = new Int32Array(size);
  const b = new Int32Array(size);
  const cleanLabels = new Int32Array(size);
  const compute = operationModulo(op, N);
  let example = 0;
  visitPairs(config, (x, y) => {
    a[example] = x;
    b[example] = y;
    cleanLabels[example] = compute(x, y);
    example++;
    return true;
  });
  const split = splitPairs(a, b, config);
  return {
    size,
    tokens: [a, b],
    vocabulary: N,
    classes: N,
    labels: withLabelNoise(cleanLabels, split.train, N, config),
    cleanLabels,
    split,
    structure: { kind: 'cyclic', modulus: N, op },
  };
}
