// A piece of work as a file that every peer reads: safetensors with our initial weights, the train examples and the order of
// the batches, and in its metadata the sizes and settings, so that all train the same network from the same weights.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/run.mjs';
import { loadBatches, loadLibrary, loadRuns } from '../grokscope.mjs';

/** Epochs of mini-batches that are written down; peers go through them again and again. */
const EPOCHS = 8;

/** @typedef {import('./works.mjs').Work} Work */

/** Files that this process has written. @type {Map<string, Promise<string>>} */
const written = new Map();

/**
 * Where the work's file is, written once by each process.
 * @param {Work} work
 */
export function workFile(work) {
  const file = written.get(work.name) ?? writeWork(work);
  written.set(work.name, file);
  return file;
}

/** @param {Work} work */
async function writeWork(work) {
  const { buildDataset, Trainer } = await loadLibrary();
  const { encodeSafetensors } = await loadRuns();
  const experiment = await experimentOf(work);
  const dataset = buildDataset(experiment);
  const trainer = await Trainer.start(experiment, dataset);
  const { train } = dataset.split;
  /** @type {Map<string, import('../../src/runs/safetensors.ts').Tensor>} */
  const tensors = new Map();
  for (const [name, { shape, values }] of trainer.parameters()) {
    tensors.set(`parameter.${name}`, { dtype: 'F32', shape, data: Float32Array.from(values) });
  }
  const [a, b] = dataset.tokens;
  for (const [name, column] of Object.entries({ a, b, label: dataset.labels })) {
    const values = train.map((example) => column[example]);
    tensors.set(`train.${name}`, { dtype: 'I32', shape: [values.length], data: values });
  }
  const order = await batchOrder(experiment, train.length);
  if (order !== undefined) tensors.set('order', order);
  const folder = join(root, '.cache', 'bench', 'work');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${work.name}.safetensors`);
  writeFileSync(file, encodeSafetensors(tensors, { spec: JSON.stringify(specOf(experiment, train.length)) }));
  return file;
}

/** @param {Pick<Work, 'config' | 'overrides'>} work */
export async function experimentOf({ config, overrides }) {
  const { parseExperiment } = await loadLibrary();
  const { experiment } = parseExperiment(readFileSync(join(root, config), 'utf8'), {
    file: config,
    overrides,
  });
  if (experiment.task !== 'modular') throw new Error(`${config}: peers know modular arithmetic alone`);
  return experiment;
}

/**
 * What peers need to know, flat.
 * @param {import('../../src/config/index.ts').Experiment<'modular'>} experiment
 * @param {number} examples
 */
function specOf({ dataset, model, train, loader }, examples) {
  const { lr, betas, eps, weight_decay, loss, scheduler } = train;
  const { batch_size } = loader;
  return {
    type: model.type,
    p: dataset.N,
    heads: 'heads' in model ? model.heads : 1,
    layers: 'layers' in model ? model.layers : 1,
    dropout: 'dropout' in model ? model.dropout : 0,
    loss,
    lr,
    betas,
    eps,
    weight_decay,
    warmup_steps: scheduler.name.endsWith('_with_warmup') ? scheduler.warmup_steps : 0,
    batch_size: batch_size === 'full' ? examples : Math.min(batch_size, examples),
  };
}

/**
 * The order of the train examples in each epoch of mini-batches, by their places among the train examples; undefined for full
 * batches, whose order is that of the examples.
 * @param {import('../../src/config/index.ts').Experiment<'modular'>} experiment
 * @param {number} examples
 * @returns {Promise<import('../../src/runs/safetensors.ts').Tensor | undefined>}
 */
async function batchOrder(experiment, examples) {
  const { Batches } = await loadBatches();
  const places = Int32Array.from({ length: examples }, (_, place) => place);
  const batches = new Batches(places, experiment);
  if (batches.perEpoch === 1) return undefined;
  const data = new Int32Array(EPOCHS * examples);
  let at = 0;
  for (let step = 1; step <= EPOCHS * batches.perEpoch; step++) {
    const batch = batches.of(step);
    data.set(batch, at);
    at += batch.length;
  }
  return { dtype: 'I32', shape: [EPOCHS, examples], data };
}
