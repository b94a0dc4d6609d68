import { digest, type MetricsRow, type TrainerState, train } from 'grokscope';
import { expect, test } from 'vitest';
import { forkRefusal } from '../forks/fork-rules.ts';
import { readSettings, type WrittenSettings } from '../settings/written-settings.ts';
import { forkResumption } from './fork-resumption.ts';
import { Observer } from './observer.ts';

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

/** The final weights of a fork, and its rows from there. */
async function forked(settings: WrittenSettings, state: TrainerState, before: readonly MetricsRow[]) {
  const rows = before.filter(({ step }) => step <= state.step);
  const { experiment, dataset, resume } = forkResumption(settings, { original, state, rows });
  const observer = new Observer(experiment, undefined, resume.history.length);
  let weights = '';
  for await (const snapshot of train(experiment, { dataset, resume })) {
    rows.push(...observer.look(snapshot, true).rows);
    if (snapshot.last) weights = await digest(snapshot.parameters());
  }
  return { weights, rows, dataset };
}

test('a fork with nothing changed repeats its original from every kept state on, rows and final weights bit for bit', async () => {
  const { states, rows, weights } = await trained(original);
  expect(states.map(({ step }) => step)).toEqual([0, 5, 10, 15, 20, 25, 30]);
  for (const state of states.filter(({ step }) => [0, 5, 20].includes(step))) {
    const fork = await forked(original, state, rows);
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
    const fork = await forked(settings, state, rows);
    expect(fork.weights).not.toBe(weights);
    const { dataset } = forkResumption(original, { original, state, rows });
    expect(fork.dataset.split).toEqual(dataset.split);
  }
});
