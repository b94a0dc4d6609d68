// `npm run bench [-- name …]`: measures, prints results and the table of targets, and when everything was measured keeps the raw
// numbers under bench/results/ and makes docs/performance.md from them. Nothing here is a test: a busy machine is slow, not wrong.

import '../scripts/require-node.mjs';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { install } from '../scripts/install.mjs';
import { root, runNode } from '../scripts/run.mjs';
import { newestResults, writeDocument } from './document/write.mjs';
import { loadLibrary } from './grokscope.mjs';
import { load, machineName, thisMachine, today } from './machine.mjs';
import { isMet, targetInWords } from './measurement.mjs';
import { measurements } from './measurements.mjs';
import { readableJson } from './readable-json.mjs';
import { targetsInColumns } from './targets.mjs';

const DOCUMENT = 'document';
const KEEP = 'keep';
const usage = `npm run bench [-- name …]

${measurements.map(({ name, about }) => `  ${name.padEnd(10)}${about}`).join('\n')}
  ${KEEP.padEnd(10)}after names: writes their raw numbers to bench/results/parts/
  ${DOCUMENT.padEnd(10)}only makes docs/performance.md and its figures from the newest results

Without names everything is measured (about a quarter of an hour on two cores), the raw numbers are written to bench/results/
and docs/performance.md is made from them. The first time PyTorch, JAX and other peers are installed into .cache/bench.`;

const names = process.argv.slice(2);
const chosen = measurements.filter(({ name }) => names.length === 0 || names.includes(name));
const known = [DOCUMENT, KEEP, ...measurements.map(({ name }) => name)];
if (names.some((name) => !known.includes(name))) {
  console.error(usage);
  process.exitCode = 2;
} else {
  process.exitCode = (await install()) || (await runNode('scripts/build.mjs', []));
  if (process.exitCode === 0) {
    if (chosen.length > 0) await measureAll();
    if (names.includes(DOCUMENT)) await writeDocument(newestResults());
  }
}

async function measureAll() {
  const machine = thisMachine();
  const before = load();
  console.log(`\n${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load ${before}`);
  if (before > 1)
    console.log('Other work runs on this machine: trust the processor times more than the clock.');
  /** @type {Record<string, import('./measurement.mjs').Result[]>} */
  const results = {};
  for (const { name, about, measure } of chosen) {
    console.log(`\n${about}`);
    try {
      results[name] = await measure();
    } catch (error) {
      // The others are worth having all the same.
      console.error(`  ${name} could not be measured: ${error instanceof Error ? error.message : error}`);
      results[name] = [];
      process.exitCode = 1;
    }
    for (const result of results[name]) console.log(lineOf(result));
  }
  console.log(`\nTargets\n${targetsInColumns(results)}`);
  if (names.length > 0 && !names.includes(KEEP)) return;
  const isPart = names.length > 0;
  const { NUMERIC_VERSION } = await loadLibrary();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const folder = join(root, 'bench', 'results', ...(isPart ? ['parts'] : []));
  const parts = chosen.map(({ name }) => `-${name}`).join('');
  const file = join(folder, `${today()}-${machineName()}${isPart ? parts : ''}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    file,
    readableJson({
      date: today(),
      version,
      numeric_version: NUMERIC_VERSION,
      machine,
      load: { before, after: load() },
      results,
    }),
  );
  console.log(`\nRaw numbers: ${relative(root, file)}`);
  if (!isPart) await writeDocument(relative(root, file));
}

/** @param {import('./measurement.mjs').Result} result */
function lineOf(result) {
  const met = isMet(result);
  const verdict = met === undefined ? '' : `  target ${targetInWords(result)}: ${met ? 'met' : 'NOT MET'}`;
  const remark = result.remark === undefined ? '' : `\n    ${result.remark}`;
  return `  ${result.what}: ${result.value} ${result.unit}${verdict}${remark}`;
}
