// What measuring costs: the default measures beside the training between two evaluations, all together and each by itself.

import { loadLibrary } from './grokscope.mjs';
import { experimentOf } from './peers/work-file.mjs';
import { THREADS, workNamed } from './peers/works.mjs';
import { median, rounded } from './statistics.mjs';

const WORKS = ['p53', 'p113'];
const ROUNDS = 9;
/** Steps of a round: fewer than between two evaluations, to which their time is scaled. */
const STEPS = 10;
/** Long enough for V8 to optimise the kernels. */
const WARM_UP = 3;

/** @type {import('./measurement.mjs').Measurement} */
export const measurement = {
  name: 'measuring',
  about: `all default measures against the training between two evaluations, on ${THREADS} threads`,
  measure,
};

async function measure() {
  const results = [];
  for (const name of WORKS) results.push(await costOf(name));
  return results;
}

/** @param {string} name @returns {Promise<import('./measurement.mjs').Result>} */
async function costOf(name) {
  const work = workNamed(name);
  const { buildDataset, experimentFromObject, Machine, openMeasures, Trainer } = await loadLibrary();
  const experiment = await experimentOf({ ...work, overrides: [...work.overrides, 'spectral.compute=true'] });
  const machine = await Machine.open({ threads: THREADS });
  const trainer = await Trainer.start(experiment, buildDataset(experiment), machine);
  await new Promise((resolve) => setTimeout(resolve, 500)); // the other thread starts
  const every = experimentFromObject({}).experiment.train.eval_every_steps; // the default
  const all = openMeasures(trainer.probe);
  const names = /** @type {const} */ (['spectrum', 'embedding', 'neighbours']);
  const each = names.map((one) => ({ one, opened: openMeasures(trainer.probe, [one]) }));
  /** @type {Record<string, number[]>} */
  const times = {};
  /** @param {string} what @param {() => void} job */
  const timed = (what, job) => {
    const start = performance.now();
    job();
    times[what] = [...(times[what] ?? []), performance.now() - start];
  };
  let moment = 0; // what is computed for a step is kept: each time is another one
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    if (round === WARM_UP) for (const what of Object.keys(times)) times[what] = [];
    timed('steps', () => {
      for (let i = 0; i < STEPS; i++) trainer.advance();
    });
    timed('evaluation', () => trainer.evaluate());
    timed('all', () => all.values(++moment));
    for (const { one, opened } of each) timed(one, () => opened.values(++moment));
  }
  await machine.close();
  const ms = (/** @type {string} */ what) => median(times[what]);
  const training = (ms('steps') * every) / STEPS + ms('evaluation');
  const shares = names.map((one) => `${one} ${rounded(ms(one), 1)} ms`).join(', ');
  return {
    what: `all default measures, of the time of training, ${work.title}`,
    value: rounded((100 * ms('all')) / training, 1),
    unit: '%',
    target: { atMost: 10 },
    remark: `${rounded(ms('all'), 1)} ms beside ${rounded(training, 1)} ms for ${every} steps and an evaluation; ${shares}`,
    raw: { work: name, every, steps: STEPS, times },
  };
}
