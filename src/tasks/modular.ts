/** Task `modular`: c = op(a, b) on Z_N, over ordered or unordered pairs in row-major order. */
import type { DatasetConfig } from '../config/index.ts';
import type { Dataset } from './dataset.ts';
import { modularInputGroups } from './input-group/index.ts';
import { operationModulo } from './operations.ts';
import { pairsDataset } from './pairs.ts';

/** @throws {RangeError} for div with a composite N (the configuration refuses it earlier, with its place) */
export function modularDataset(config: DatasetConfig<'modular'>): Dataset {
  const { N, op } = config;
  const dataset = pairsDataset(config, {
    label: operationModulo(op, N),
    classes: N,
    structure: { kind: 'cyclic', modulus: N, op },
  });
  return { ...dataset, inputs: modularInputGroups(N, op) };
}
