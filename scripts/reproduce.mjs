// `npm run reproduce R1`: runs a published result again, prints expected and seen, records it and makes the document anew.

import './require-node.mjs';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadLibrary, loadLineChart } from '../bench/grokscope.mjs';
import { thisMachine, today } from '../bench/machine.mjs';
import { documentFiles } from '../bench/reproduce/document.mjs';
import { readRecord, sameBits, writeRecord } from '../bench/reproduce/record.mjs';
import { reportOf } from '../bench/reproduce/report.mjs';
import { reproductions } from '../bench/reproduce/reproductions.mjs';
import { runAll } from '../bench/reproduce/run-all.mjs';
import { grouped, judgeAll, nameOf } from '../bench/reproduce/verdict.mjs';
import { root, runNode } from './run.mjs';

const usage = `npm run reproduce -- <what> [--seeds n]

${reproductions.map(({ id, title, seeds }) => `  ${id.padEnd(9)}${title} (${seeds} seeds)`).join('\n')}
  theory   those of the theory
  all      one after the other
  document only makes docs/reproductions.md and its figures from the recorded results

--seeds n runs the seeds 0 to n − 1. Fewer than the claim asks for are reported but not recorded.`;

/**
 * @param {import('../bench/reproduce/reproductions.mjs').Reproduction} reproduction
 * @param {number} seeds
 * @returns {Promise<boolean>} whether it was reproduced
 */
async function reproduce(reproduction, seeds) {
  const { id, title, config, overrides, cases, columns = [], kind = 'trained' } = reproduction;
  console.log(`${id}: ${title}\n`);
  const requests = cases.flatMap(({ name, overrides: more }) =>
    Array.from({ length: seeds }, (_, seed) => ({
      case: name,
      seed,
      config,
      overrides: [...overrides, ...more],
      columns,
      kind,
    })),
  );
  const live = process.stdout.isTTY === true;
  const finished = await runAll(requests, {
    onProgress: (runs) => {
      if (!live) return;
      const shown = runs.map(
        ({ request, step, total }) => `seed ${request.seed}: ${grouped(step)}/${grouped(total)}`,
      );
      process.stdout.write(`\r\x1b[K  ${shown.join('   ')}`);
    },
    onFinished: ({ record }) => {
      const seconds = record.cpu_seconds.toFixed(1);
      console.log(
        `${live ? '\r\x1b[K' : ''}  ${nameOf(record)}: ${grouped(record.steps)} steps in ${seconds} s of processor time`,
      );
    },
  });
  const { NUMERIC_VERSION } = await loadLibrary();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const runs = finished.map(({ record }) => record);
  const record = {
    id,
    config,
    overrides,
    date: today(),
    version,
    numeric_version: NUMERIC_VERSION,
    kernels: finished[0].kernels,
    machine: thisMachine(),
    runs,
  };
  console.log(`\n${reportOf(reproduction, record, sameBits(readRecord(id), runs))}\n`);
  if (seeds >= reproduction.seeds) writeRecord(record);
  return judgeAll(reproduction, runs).reproduced;
}

async function writeDocument() {
  const { lineChart } = await loadLineChart();
  const records = reproductions.flatMap(({ id }) => readRecord(id) ?? []);
  for (const [path, text] of documentFiles(records, lineChart)) {
    const file = join(root, 'docs', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  console.log('docs/reproductions.md is made from bench/results/reproductions/.');
}

/**
 * What is asked for; undefined when it is not understood.
 * @returns {{ chosen: typeof reproductions, seeds: number | undefined } | undefined}
 */
function understood() {
  const { words, seeds } = parameters();
  const wanted = words.map((word) => word.toLowerCase());
  const chosen = reproductions.filter(
    ({ id, group = 'all' }) =>
      wanted.includes(id.toLowerCase()) || wanted.includes(group) || wanted.includes('all'),
  );
  const known = [...reproductions.map(({ id }) => id.toLowerCase()), 'theory', 'all', 'document'];
  const clear = wanted.length > 0 && wanted.every((word) => known.includes(word));
  const countable = seeds === undefined || (Number.isInteger(seeds) && seeds > 0);
  return clear && countable ? { chosen, seeds } : undefined;
}

/**
 * The words after the script's name. npm takes `--seeds 5` for an option of its own unless `--` comes before: it then hands
 * the number on in the environment (`--seeds=5`) or leaves it among the words (`--seeds 5`).
 */
function parameters() {
  const { positionals: words, values } = parseArgs({
    allowPositionals: true,
    options: { seeds: { type: 'string' } },
  });
  const taken = values.seeds ?? process.env.npm_config_seeds;
  if (taken === undefined) return { words, seeds: undefined };
  if (taken !== 'true') return { words, seeds: Number(taken) };
  return { words: words.slice(0, -1), seeds: Number(words[words.length - 1]) };
}

/** As `understood`, also when the options themselves are wrong. */
function requested() {
  try {
    return understood();
  } catch {
    return undefined;
  }
}

const request = requested();
if (request === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else {
  process.exitCode = await runNode('scripts/build.mjs', []);
  if (process.exitCode === 0) {
    const verdicts = [];
    for (const reproduction of request.chosen) {
      verdicts.push(await reproduce(reproduction, request.seeds ?? reproduction.seeds));
    }
    await writeDocument();
    process.exitCode = verdicts.every(Boolean) ? 0 : 1;
  }
}
