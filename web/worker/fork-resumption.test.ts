import {
  digest,
  type Experiment,
  type MetricsRow,
  NUMERIC_VERSION,
  Trainer,
  type TrainerState,
  train,
} from 'grokscope';
import { expect, test } from 'vitest';
import { encodeCheckpoint } from '../../src/runs/checkpoint.ts';
import { trainingState } from '../../src/runs/trainer-state.ts';
import { forkRefusal } from '../forks/fork-rules.ts';
import { historyOf } from '../run/history.ts';
import { readSettings, type WrittenSettings } from '../settings/written-settings.ts';
import { forkedExperiment, forkResumption } from './fork-resumption.ts';
import { Observer } from './observer.ts';
import type { ForkStart } from './protocol.ts';

/** Batches, dropout and a penalty: everything that is drawn, or kept beside the weights. */
const original: WrittenSettings = {
  preset: 'r1',
  overrides: [
    ...['dataset.N=7', 'model={type: mlp, hidden_dim: 12, layers: 1, dropout: 0.2}', 'loader.batch_size=8'],
    ...['laplacian_penalty={compute: true, alpha: 0.01, kind: neighbours, refresh_steps: 7}'],
    ...[
      'train.ema={use: true}',
      'train.total_steps=30',
      'train.eval_every_steps=5',
      'model.input_encoding={type: learned, embed_dim: 6}',
    ],
  ],
};

async function trained(settings: WrittenSettings) {
  const { experiment } = readSettings(settings);
  const observer = new Observer(experiment);
  const states: TrainerState[] = [];
  const rows: MetricsRow[] = [];
  let weights = '';
  for await (const snapshot of train(experiment)) {
    const evaluated = observer.look(snapshot, true);
    rows.push(...evaluated.rows);
    if (evaluated.state !== undefined) states.push(evaluated.state);
    if (snapshot.last) weights = await digest(snapshot.parameters());
  }
  return { experiment, states, rows, weights };
}

const nothingBeside = { moments: [], measured: new Map() };

function upTo(step: number, rows: readonly MetricsRow[], experiment: Experiment) {
  return historyOf(
    rows.filter((row) => row.step <= step),
    experiment,
    nothingBeside,
  );
}

/** The final weights of a fork, and its rows from there. */
async function forked(settings: WrittenSettings, start: ForkStart) {
  const rows = start.history.flatMap((evaluation) => evaluation.rows);
  const { experiment, dataset } = forkedExperiment(settings, original);
  const resume = await forkResumption(start);
  const observer = new Observer(experiment, undefined, resume.history.length);
  let weights = '';
  for await (const snapshot of train(experiment, { dataset, resume })) {
    rows.push(...observer.look(snapshot, true).rows);
    if (snapshot.last) weights = await digest(snapshot.parameters());
  }
  return { weights, rows, dataset };
}

test('a fork with nothing changed repeats its original from every kept state on, rows and final weights bit for bit', async () => {
  const { experiment, states, rows, weights } = await trained(original);
  expect(states.map(({ step }) => step)).toEqual([0, 5, 10, 15, 20, 25, 30]);
  for (const state of states.filter(({ step }) => [0, 5, 20].includes(step))) {
    const fork = await forked(original, { state, history: upTo(state.step, rows, experiment) });
    expect(fork.weights).toBe(weights);
    expect(fork.rows).toEqual(rows);
  }
});

test('another seed draws other batches of the same examples, and another decay leads elsewhere', async () => {
  const { experiment, states, rows, weights } = await trained(original);
  const state = states[2] as TrainerState;
  for (const change of ['seed=5', 'train.weight_decay=0', 'laplacian_penalty.alpha=0.5']) {
    const settings = { ...original, overrides: [...original.overrides, change] };
    expect(forkRefusal(experiment, readSettings(settings).experiment, state.step)).toBeUndefined();
    const fork = await forked(settings, { state, history: upTo(state.step, rows, experiment) });
    expect(fork.weights).not.toBe(weights);
    const { dataset } = forkedExperiment(original, original);
    expect(fork.dataset.split).toEqual(dataset.split);
  }
});

test('a checkpoint file is as good as a kept state, wherever it was written; one that is damaged or of another run is not', async () => {
  const { experiment, rows, weights } = await trained(original);
  const trainer = await Trainer.start(experiment, forkedExperiment(original, original).dataset);
  // Between two evaluations.
  while (trainer.step < 13) trainer.advance();
  const runId = 'ab'.repeat(32);
  const bytes = encodeCheckpoint({
    ...trainingState(trainer.state()),
    runId,
    numericVersion: NUMERIC_VERSION,
    metricsRows: 6,
  });
  const start = (contents: Uint8Array<ArrayBuffer>, of = runId): ForkStart => ({
    state: { step: 13, runId: of, contents: new Blob([contents]) },
    history: upTo(13, rows, experiment),
  });
  const fork = await forked(original, start(new Uint8Array(bytes)));
  expect(fork.weights).toBe(weights);
  expect(fork.rows).toEqual(rows);

  const damaged = new Uint8Array(bytes);
  damaged[damaged.length - 1] ^= 1;
  const refused = /^Nothing can go on from the checkpoint of step 13: .*; fork at another one\.$/;
  await expect(forkResumption(start(damaged))).rejects.toThrow(refused);
  await expect(forkResumption(start(damaged))).rejects.toThrow('its checksum does not fit its contents');
  await expect(forkResumption(start(new Uint8Array(bytes.slice(0, 40))))).rejects.toThrow(refused);
  await expect(forkResumption(start(new Uint8Array(bytes), 'cd'.repeat(32)))).rejects.toThrow('another run');
});
