// The recorded results of the reproductions: one JSON file each, from which the document is made.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/run.mjs';
import { readableJson } from '../readable-json.mjs';

/** @typedef {import('./one-run.mjs').RunRecord} RunRecord */

/**
 * @typedef {object} ReproductionRecord
 * @property {string} id
 * @property {string} config
 * @property {string[]} overrides
 * @property {string} date of the runs
 * @property {string} version of the package
 * @property {string} numeric_version
 * @property {string} kernels which build ran; the bits do not depend on it
 * @property {import('../machine.mjs').MachineNote} machine
 * @property {RunRecord[]} runs
 */

export const recordFolder = join(root, 'bench', 'results', 'reproductions');

/** @param {string} id */
export function recordFile(id) {
  return join(recordFolder, `${id}.json`);
}

/**
 * @param {string} id
 * @returns {ReproductionRecord | undefined} undefined when nothing was recorded yet
 */
export function readRecord(id) {
  return existsSync(recordFile(id)) ? JSON.parse(readFileSync(recordFile(id), 'utf8')) : undefined;
}

/** @param {ReproductionRecord} record */
export function writeRecord(record) {
  mkdirSync(recordFolder, { recursive: true });
  writeFileSync(recordFile(record.id), readableJson(record));
}

/**
 * Whether the final parameters are bit for bit those recorded, in words; undefined when no recorded run is of the same
 * experiment and arithmetic.
 * @param {ReproductionRecord | undefined} recorded
 * @param {readonly RunRecord[]} runs
 */
export function sameBits(recorded, runs) {
  const before = new Map(recorded?.runs.map((run) => [run.run_id, run]));
  const known = runs.filter((run) => before.has(run.run_id));
  if (recorded === undefined || known.length === 0) return undefined;
  const equal = known.filter((run) => run.parameters_sha256 === before.get(run.run_id)?.parameters_sha256);
  const where = `recorded on ${recorded.date} (${recorded.machine.cpu}, Node ${recorded.machine.node})`;
  return equal.length === known.length
    ? `The final parameters are bit for bit those ${where}.`
    : `The final parameters of ${known.length - equal.length} of ${known.length} runs are NOT the bits ${where}.`;
}
