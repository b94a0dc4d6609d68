// A contest: several programs do the same training in turns, so that what disturbs the machine disturbs all of them.

import { setTimeout as wait } from 'node:timers/promises';
import { median, rounded } from '../statistics.mjs';

/** @typedef {import('./works.mjs').Work} Work */
/** @typedef {import('./contestants.mjs').Contestant} Contestant */
/** @typedef {import('./runner.mjs').Runner} Runner */

/** Somebody who takes part, with so many threads. @typedef {{ contestant: Contestant, threads: number }} Entry */

/** Steps whose losses have to agree before anything is measured. */
const COMPARED_STEPS = 8;
/** Largest relative difference of a loss that rounding in f32 explains. */
const TOLERANCE = 1e-4;
/** A turn lasts about this long, or one step. */
const TURN_MS = 250;
/** Warm-up lasts this long, at least two turns of one step. */
const WARM_UP_MS = 600;
/** What one contestant may take in all turns together; slower ones get fewer turns, at least three. */
const MOST_MS = 15_000;
/** Between turns the threads of the last one go to sleep: they spin for a few milliseconds. */
const PAUSE_MS = 40;

/**
 * What one contestant showed. Times in ms per step, one for each turn.
 * @typedef {object} Standing
 * @property {string} work
 * @property {string} contestant
 * @property {string} title
 * @property {boolean} ours
 * @property {string} version
 * @property {number} threads
 * @property {number} [deviation] largest relative difference of its first losses to ours
 * @property {number[]} step_ms
 * @property {number[]} [cpu_ms] empty where it cannot be known
 * @property {number} [peak_mb] largest resident memory
 */

/**
 * @param {Work} work
 * @param {readonly Entry[]} entries
 * @param {{ rounds: number, say: (sentence: string) => void }} options `say` is told who is left out and why
 * @returns {Promise<Standing[]>}
 */
export async function contest(work, entries, { rounds, say }) {
  /** @type {{ runner: Runner, standing: Standing, steps: number, turns: number }[]} */
  const present = [];
  /** @type {number[] | undefined} */
  let ours;
  try {
    for (const { contestant, threads } of entries) {
      try {
        const { runner, losses } = await started(work, contestant, threads);
        if (contestant.ours) ours ??= losses;
        const { pace, turns } = await warmedUp(runner, rounds);
        const { name, title } = contestant;
        present.push({
          runner,
          steps: pace,
          turns,
          standing: {
            work: work.name,
            contestant: name,
            title,
            ours: contestant.ours,
            version: runner.about.version,
            threads: runner.about.threads,
            deviation: ours && deviationOf(losses, ours),
            step_ms: [],
            cpu_ms: [],
          },
        });
      } catch (error) {
        say(`${contestant.title}, ${work.title}: ${error instanceof Error ? error.message : error}`);
      }
    }
    for (let round = 0; round < rounds; round++) {
      for (const { runner, standing, steps, turns } of present) {
        // Those with fewer turns take them spread over the whole time.
        if (Math.floor((round * turns) / rounds) === Math.floor(((round + 1) * turns) / rounds)) continue;
        await wait(PAUSE_MS);
        const { wall_ns, cpu_ns, peak_mb } = await runner.run(steps);
        standing.step_ms.push(rounded(wall_ns / steps / 1e6, 3));
        if (cpu_ns !== undefined) standing.cpu_ms?.push(rounded(cpu_ns / steps / 1e6, 3));
        if (peak_mb !== undefined) standing.peak_mb = rounded(peak_mb, 1);
      }
    }
  } finally {
    for (const { runner } of present) await runner.close();
  }
  return present.map(({ standing }) => standing);
}

/**
 * A runner of the work, and the losses of its first comparable steps.
 * @param {Work} work
 * @param {Contestant} contestant
 * @param {number} threads
 */
async function started(work, contestant, threads) {
  const { comparable } = work;
  if (comparable !== undefined) {
    const other = { ...work, name: `${work.name}-comparable`, overrides: [...work.overrides, ...comparable] };
    const runner = await contestant.start(other, threads);
    const losses = await closing(runner, () => runner.losses(COMPARED_STEPS));
    await runner.close();
    return { runner: await contestant.start(work, threads), losses };
  }
  const runner = await contestant.start(work, threads);
  return { runner, losses: await closing(runner, () => runner.losses(COMPARED_STEPS)) };
}

/**
 * Steps of a turn, and how many turns there are.
 * @param {Runner} runner
 * @param {number} rounds
 */
async function warmedUp(runner, rounds) {
  return closing(runner, async () => {
    const start = performance.now();
    let ms = Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < 2 || performance.now() - start < WARM_UP_MS; turn++) {
      const steps = Math.max(1, Math.min(100, Math.round(TURN_MS / 4 / ms)));
      ms = (await runner.run(steps)).wall_ns / steps / 1e6;
    }
    const pace = Math.max(1, Math.min(1000, Math.round(TURN_MS / ms)));
    return { pace, turns: Math.min(rounds, Math.max(3, Math.floor(MOST_MS / (pace * ms)))) };
  });
}

/**
 * @template Value
 * @param {Runner} runner closed when `use` fails
 * @param {() => Promise<Value>} use
 */
async function closing(runner, use) {
  try {
    return await use();
  } catch (error) {
    await runner.close();
    throw error;
  }
}

/**
 * @param {readonly number[]} losses
 * @param {readonly number[]} reference
 */
function deviationOf(losses, reference) {
  return Number(
    losses.reduce((most, loss, i) => Math.max(most, Math.abs(loss / reference[i] - 1)), 0).toPrecision(2),
  );
}

/** Whether somebody computed what we computed, as far as rounding allows. @param {Standing} standing */
export function agrees({ deviation = 0 }) {
  return deviation <= TOLERANCE;
}

/**
 * A standing as a result of the benchmark.
 * @param {Work} work
 * @param {Standing} standing
 * @returns {import('../measurement.mjs').Result}
 */
export function resultOf(work, standing) {
  const { title, version, threads, step_ms, peak_mb, deviation } = standing;
  const memory = peak_mb === undefined ? '' : `; ${peak_mb} MB`;
  const same =
    deviation === undefined
      ? ''
      : deviation === 0
        ? '; the same losses'
        : `; losses within ${deviation} of ours`;
  const warning = agrees(standing) ? '' : ', WHICH IS NOT THE SAME TRAINING';
  return {
    what: `${work.title}: ${title}`,
    value: rounded(median(step_ms), 2),
    unit: 'ms',
    remark: `${Math.min(...step_ms)} to ${Math.max(...step_ms)} ms in ${step_ms.length} turns; ${version}, ${threads} ${threads === 1 ? 'thread' : 'threads'}${memory}${same}${warning}`,
    raw: standing,
  };
}

/**
 * Several contests, one after the other.
 * @param {readonly { work: Work, entries: readonly Entry[] }[]} contests
 * @param {number} rounds
 */
export async function resultsOf(contests, rounds) {
  const results = [];
  const said = new Set();
  const say = (/** @type {string} */ sentence) => {
    // A program that is missing is missing everywhere: once is enough.
    const reason = sentence.slice(sentence.indexOf(': ') + 2);
    if (said.has(reason)) return;
    said.add(reason);
    console.log(`  Left out: ${sentence}`);
  };
  for (const { work, entries } of contests) {
    const standings = await contest(work, entries, { rounds, say });
    results.push(...standings.map((standing) => resultOf(work, standing)));
  }
  return results;
}
