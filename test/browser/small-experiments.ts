/** Experiments of some steps each that together use every kind of arithmetic, run alike in Node and in a page. */

import type { ExperimentInput, MetricsRow, Tensor } from 'grokscope';

/** What is needed of the library: the built one in a page, the sources in Node. */
export type Library = Pick<
  typeof import('grokscope'),
  'Machine' | 'digest' | 'experimentFromObject' | 'metricsRows' | 'train'
>;

export interface Outcome {
  name: string;
  /** The kernels that ran. */
  mode: string;
  /** SHA-256 of weights, optimiser state and moving averages after the last step. */
  state: string;
  /** SHA-256 of every number in metrics.csv. */
  metrics: string;
  /** Of the logits of all examples. */
  logits: string;
}

export const smallExperiments: readonly ExperimentInput[] = [
  {
    name: 'two-layer, full batch, mean squared error',
    dataset: { N: 11 },
    model: { type: 'two_layer', hidden_dim: 37 },
    train: { total_steps: 30, lr: 0.01, weight_decay: 5, loss: 'mse', eval_every_steps: 10 },
  },
  {
    name: 'transformer with LayerNorm and a cosine schedule',
    dataset: { N: 7, op: 'x^2+xy+y^2' },
    model: { type: 'transformer', d_model: 24, heads: 2, d_mlp: 40, norm: 'layer' },
    train: {
      total_steps: 20,
      scheduler: { name: 'cosine_with_warmup' },
      eval_every_steps: 10,
      grad_clip_norm: 1,
    },
  },
  {
    name: 'mlp with dropout, mini-batches and a moving average',
    seed: 3,
    dataset: { N: 11, op: 'div', split: 'hash', label_noise: 0.1 },
    loader: { batch_size: 16 },
    model: { type: 'mlp', layers: 2, hidden_dim: 30, activation: 'gelu', dropout: 0.2 },
    train: { total_steps: 24, ema: { use: true, decay: 0.9 }, label_smoothing: 0.1, eval_every_steps: 8 },
  },
  {
    name: 'embedding mlp in double precision with StableMax and momentum',
    dataset: { N: 7, op: 'sub', pairs: 'unordered' },
    model: { type: 'embedding_mlp', embed_dim: 9, hidden_dim: 20 },
    train: {
      total_steps: 10,
      dtype: 'f64',
      loss: 'stablemax',
      optimizer: 'sgd',
      momentum: 0.9,
      weight_decay: 1e-3,
      eval_every_steps: 5,
    },
  },
];

/** Trains all of them, each on a machine of its own. */
export async function outcomes(library: Library, kernels: 'auto' | 'emulated'): Promise<Outcome[]> {
  const found: Outcome[] = [];
  for (const input of smallExperiments) {
    const { experiment } = library.experimentFromObject(input);
    const machine = await library.Machine.open({ kernels });
    const rows: MetricsRow[] = [];
    for await (const snapshot of library.train(experiment, { machine })) {
      rows.push(...library.metricsRows(snapshot));
      if (!snapshot.last) continue;
      const logits = snapshot.logits();
      found.push({
        name: experiment.name,
        mode: machine.mode,
        state: await library.digest(snapshot.state().tensors),
        metrics: await library.digest(numbersOf(rows)),
        logits: await library.digest(
          new Map([['logits', { dtype: 'f64', shape: [logits.length], values: Float64Array.from(logits) }]]),
        ),
      });
    }
  }
  return found;
}

/** Every number of the rows under a name of its own. */
function numbersOf(rows: readonly MetricsRow[]): Map<string, Tensor> {
  const cells = rows.flatMap(({ step, split, values }) =>
    Object.entries(values).map(([column, value = Number.NaN]): [string, Tensor] => [
      `${step} ${split} ${column}`,
      { dtype: 'f64', shape: [], values: Float64Array.of(value) },
    ]),
  );
  return new Map(cells);
}
