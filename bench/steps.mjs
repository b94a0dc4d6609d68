// Time per training step of the presets, and where it goes: the share of each kind of instruction.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/run.mjs';
import { loadLibrary, loadOpcodes } from './grokscope.mjs';
import { stepProgram, timeInstructions } from './inside.mjs';
import { median, rounded, timedInTurns } from './statistics.mjs';

const PRESETS = ['r1', 'p53', 'embedding-mlp', 'mlp'];
/** Shares below this are summed up as the rest. */
const LEAST_SHARE = 0.02;

/** @type {import('./measurement.mjs').Measurement} */
export const measurement = {
  name: 'steps',
  about: `time per step of ${PRESETS.join(', ')}, and where it goes`,
  measure,
};

async function measure() {
  const trainers = Object.fromEntries(
    await Promise.all(PRESETS.map(async (name) => /** @type {const} */ ([name, await trainerOf(name)]))),
  );
  const jobs = Object.fromEntries(PRESETS.map((name) => [name, () => trainers[name].advance()]));
  const times = timedInTurns(jobs, { rounds: 40, warmUp: 10 });
  // After the times: the profile's readings of the clock stay in the programs.
  const profiles = Object.fromEntries(
    await Promise.all(
      PRESETS.map(async (name) => /** @type {const} */ ([name, await profileOf(trainers[name])])),
    ),
  );
  return PRESETS.map((name) => ({
    what: `a step of ${name}`,
    value: rounded(median(times[name].cpu_ms), 2),
    unit: 'ms',
    remark: sharesInWords(profiles[name]),
    raw: { ...times[name], profile_ms: profiles[name] },
  }));
}

/** @param {string} preset */
async function trainerOf(preset) {
  const { buildDataset, parseExperiment, Trainer } = await loadLibrary();
  const file = `configs/${preset}.yaml`;
  const { experiment } = parseExperiment(readFileSync(join(root, file), 'utf8'), { file });
  return Trainer.start(experiment, buildDataset(experiment));
}

/**
 * Milliseconds of a step by kind of instruction, in the median, the largest first.
 * @param {import('../src/training/trainer.ts').Trainer} trainer
 */
async function profileOf(trainer) {
  const { OPCODE } = await loadOpcodes();
  const spent = timeInstructions(stepProgram(trainer));
  const rounds = Array.from({ length: 15 }, () => {
    spent.fill(0);
    trainer.advance();
    return spent.slice();
  });
  const kinds = Object.entries(OPCODE).map(
    ([kind, opcode]) =>
      /** @type {const} */ ([kind, rounded(median(rounds.map((round) => round[opcode])), 3)]),
  );
  return Object.fromEntries(kinds.filter(([, ms]) => ms > 0).sort(([, a], [, b]) => b - a));
}

/** @param {Record<string, number>} profile */
function sharesInWords(profile) {
  const total = Object.values(profile).reduce((a, b) => a + b, 0);
  const shares = Object.entries(profile).map(([kind, ms]) => /** @type {const} */ ([kind, ms / total]));
  const large = shares.filter(([, share]) => share >= LEAST_SHARE);
  const rest = 1 - large.reduce((sum, [, share]) => sum + share, 0);
  return [...large, /** @type {const} */ (['rest', rest])]
    .map(([kind, share]) => `${kind} ${Math.round(100 * share)} %`)
    .join(', ');
}
