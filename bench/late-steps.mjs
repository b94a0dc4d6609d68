// Whether a step long after grokking takes longer than one at the start, as it does where numbers decay below the normal
// range: processors are many times slower on those. test/no-subnormals.test.ts counts them.

import { loadLibrary } from './grokscope.mjs';
import { median, rounded, timedInTurns } from './statistics.mjs';

const EARLY = 20;
const LATE = 4000;
/** Of each measurement; afterwards the training goes back to where it was. */
const STEPS = 50;
/** Medians of equal work differ by as much on a quiet machine. */
const NOISE = 1.05;

/** @type {Readonly<Record<string, import('../src/index.ts').ExperimentInput>>} */
const EXPERIMENTS = {
  'quadratic network, modulo 23': {
    dataset: { N: 23, train_fraction: 0.6 },
    model: { type: 'two_layer', hidden_dim: 96 },
    train: { lr: 0.01, weight_decay: 5, loss: 'mse' },
  },
  'transformer, modulo 17': {
    dataset: { N: 17, train_fraction: 0.8 },
    model: { type: 'transformer', d_model: 32, heads: 2, d_mlp: 64 },
    train: { lr: 0.003, weight_decay: 1 },
  },
  'transformer without weight decay, modulo 17': {
    dataset: { N: 17, train_fraction: 0.8 },
    model: { type: 'transformer', d_model: 32, heads: 2, d_mlp: 64 },
    train: { lr: 0.003, weight_decay: 0 },
  },
};

/** @type {import('./measurement.mjs').Measurement} */
export const measurement = {
  name: 'late-steps',
  about: `the time of steps after ${LATE} against steps after ${EARLY}`,
  measure,
};

async function measure() {
  const results = [];
  for (const [what, input] of Object.entries(EXPERIMENTS)) {
    const early = await stepsAfter(EARLY, input);
    const late = await stepsAfter(LATE, input);
    const times = timedInTurns({ early: early.run, late: late.run }, { rounds: 21, warmUp: 3 });
    results.push({
      what: `late against early steps of a ${what}`,
      value: rounded(median(times.late.cpu_ms) / median(times.early.cpu_ms), 3),
      unit: '×',
      target: { atMost: NOISE },
      remark: `train loss ${early.loss.toPrecision(2)} early, ${late.loss.toPrecision(2)} late`,
      raw: times,
    });
  }
  return results;
}

/**
 * A training brought to a step; `run` does some more and goes back.
 * @param {number} step
 * @param {import('../src/index.ts').ExperimentInput} input
 */
async function stepsAfter(step, input) {
  const { buildDataset, experimentFromObject, Trainer } = await loadLibrary();
  const { experiment } = experimentFromObject(input);
  const trainer = await Trainer.start(experiment, buildDataset(experiment));
  while (trainer.step < step) trainer.advance();
  const state = trainer.state();
  const run = () => {
    trainer.restore(state);
    for (let i = 0; i < STEPS; i++) trainer.advance();
  };
  return { run, loss: trainer.batchLoss };
}
