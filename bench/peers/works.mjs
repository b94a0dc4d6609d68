// The training that is measured against other programs: a configuration each, with what is changed in it.

import { availableParallelism } from 'node:os';

/**
 * @typedef {object} Work
 * @property {string} name
 * @property {string} title for tables
 * @property {string} config
 * @property {string[]} overrides
 * @property {string[]} [comparable] further overrides without which no two programs compute the same: dropout draws its masks
 */

/**
 * @param {string} name
 * @param {string} title
 * @param {string} config
 * @param {string[]} [overrides]
 * @param {string[]} [comparable]
 * @returns {Work}
 */
function work(name, title, config, overrides = [], comparable) {
  return { name, title, config: `configs/${config}.yaml`, overrides, comparable };
}

/**
 * The reference transformer modulo p.
 * @param {number} p
 * @param {number} percent of all pairs in train
 */
function transformer(p, percent) {
  const changes = [`dataset.N=${p}`, `dataset.train_fraction=${percent / 100}`];
  return work(`p${p}`, `transformer, p ${p}, ${percent} %`, 'transformer-p113', changes);
}

/** @param {number} d_model */
function transformerOfWidth(d_model) {
  const changes = [`model.d_model=${d_model}`, `model.d_mlp=${4 * d_model}`];
  return work(`d${d_model}`, `transformer, p 53, d_model ${d_model}`, 'p53', changes);
}

/** @param {number} hidden */
function r1OfWidth(hidden) {
  return work(`h${hidden}`, `R1, ${hidden} hidden units`, 'r1', [`model.hidden_dim=${hidden}`]);
}

/** What the targets are about. */
export const works = [
  transformer(113, 30),
  work('p53', 'transformer, p 53, 50 %', 'p53'),
  transformer(23, 50),
  transformer(197, 30),
  work('r1', 'R1: two layers, p 97, 50 %', 'r1'),
  work(
    'mlp',
    'MLP, p 53, batches of 512, dropout',
    'mlp',
    ['loader.batch_size=512', 'model.dropout=0.1'],
    ['model.dropout=0'],
  ),
];

/** The widths of the growth curves; those of the reference are among `works`. */
export const widths = {
  transformer: { values: [32, 64, 128, 256], work: transformerOfWidth },
  r1: { values: [125, 250, 500, 1000, 2000], work: r1OfWidth },
};

/** The threads that programs are compared on; the targets are about two cores. */
export const THREADS = Math.min(2, availableParallelism());

/** @param {string} name */
export function workNamed(name) {
  const found = works.find((work) => work.name === name);
  if (found === undefined) throw new Error(`internal: no work is called ${name}`);
  return found;
}
