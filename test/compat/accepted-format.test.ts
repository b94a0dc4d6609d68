import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { jsonSchema } from '../../src/config/index.ts';
import { loadExperiment } from '../../src/config/node.ts';
import { buildDataset } from '../../src/tasks/index.ts';

const file = fileURLToPath(new URL('./modular_addition.yaml', import.meta.url));

test('a configuration of the accepted format loads unchanged, every value as it was written', () => {
  const { experiment } = loadExperiment(file);
  const written = parse(readFileSync(file, 'utf8'));
  expect(experiment).toMatchObject(written);
  expect(experiment.name).toBe('modular_addition');
  expect(experiment.train.lr).toBe(0.0003);
  expect(experiment.train.weight_decay).toBe(0.01);
  expect(experiment.train.eps).toBe(0.00000001);
});

test('what that format leaves open gets the defaults of this one', () => {
  const { experiment } = loadExperiment(file);
  expect(experiment.seed).toBe(0);
  expect(experiment.dataset).toMatchObject({ pairs: 'ordered', val_fraction: 0.1, label_noise: 0 });
  expect(experiment.train).toMatchObject({ weight_decay_kind: 'decoupled', loss: 'cross_entropy' });
});

test('keys without effect are reported, one sentence each', () => {
  expect(loadExperiment(file).notices).toEqual([
    'loader.num_workers has no effect in grokscope',
    'loader.pin_memory has no effect in grokscope',
  ]);
});

test('its JSON Schema accepts it, and refuses a key or a type that the loader refuses', () => {
  const schema = z.fromJSONSchema(jsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
  const written = parse(readFileSync(file, 'utf8'));
  expect(schema.safeParse(written).error).toBeUndefined();
  expect(schema.safeParse({ ...written, sede: 1 }).success).toBe(false);
  expect(schema.safeParse({ ...written, loader: { batch_size: 0 } }).success).toBe(false);
  expect(schema.safeParse({ ...written, model: { ...written.model, d_model: 128 } }).success).toBe(false);
});

test('its hash split has the sizes an independent exact computation gives', () => {
  const { task, dataset } = loadExperiment(file).experiment;
  if (task !== 'modular') throw new Error(`the format knows modular arithmetic alone, got ${task}`);
  const { N, train_fraction, seed } = dataset;
  let pool = 0;
  for (let a = 0n; a < BigInt(N); a++)
    for (let b = 0n; b < BigInt(N); b++) {
      const hash = ((a * 1315423911n) ^ (b * 2654435761n) ^ BigInt(seed)) & 0xffffffffn;
      if (Number(hash) / 2 ** 32 < train_fraction) pool++;
    }
  const { split } = buildDataset(loadExperiment(file).experiment);
  expect(split.validation.length).toBe(Math.floor(pool / 10));
  expect(split.train.length).toBe(pool - Math.floor(pool / 10));
  expect(split.heldOut.length).toBe(97 * 97 - pool);
});
