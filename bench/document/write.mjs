// Writes docs/performance.md and its figures from the newest file of results.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../scripts/run.mjs';
import { loadDrawing } from '../grokscope.mjs';
import { readRecord } from '../reproduce/record.mjs';
import { performanceFiles } from './document.mjs';

const folder = 'bench/results';

/**
 * The newest file of results, by the date in its name.
 * @returns {string} its path in the repository
 * @throws {Error} when nothing was measured yet
 */
export function newestResults() {
  const newest = readdirSync(join(root, folder))
    .filter((name) => /^\d{4}-\d\d-\d\d-.*\.json$/.test(name))
    .sort()
    .pop();
  if (newest === undefined) throw new Error(`${folder} holds no results: run npm run bench first`);
  return `${folder}/${newest}`;
}

/**
 * The newest results of the lab, which may be measured apart from all else.
 * @returns {import('./document.mjs').Sourced | undefined} undefined when there are none
 */
export function newestOfLab() {
  const parts = `${folder}/parts`;
  const sources = [folder, parts].flatMap((where) =>
    readdirSync(join(root, where))
      .filter((name) => /^\d{4}-\d\d-\d\d-.*\.json$/.test(name))
      .map((name) => `${where}/${name}`),
  );
  return sources
    .map((source) => ({ source, file: JSON.parse(readFileSync(join(root, source), 'utf8')) }))
    .filter(({ file }) => (file.results.lab ?? []).length > 0)
    .sort((a, b) => (a.file.date < b.file.date ? -1 : 1))
    .pop();
}

/** @param {string} [source] path of a file of results in the repository */
export async function writeDocument(source = newestResults()) {
  const file = JSON.parse(readFileSync(join(root, source), 'utf8'));
  const others = { longRun: readRecord('N'), lab: newestOfLab() };
  for (const [path, text] of performanceFiles(file, source, await loadDrawing(), others)) {
    const target = join(root, 'docs', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  console.log(`docs/performance.md is made from ${source}.`);
}
