// The experiments whose bits must be the same on every host, and how they are run alike by every Node and by pages: plain
// JavaScript, because the oldest Node reads no types.

/** @typedef {Pick<typeof import('grokscope'), 'allowRevectorizer' | 'Machine' | 'digest' | 'experimentFromObject' | 'metricsRows' | 'train'>} Library */

/**
 * How a machine is opened, and whether V8 may join its vectors.
 * @typedef {Omit<import('grokscope').MachineOptions, 'onNotice'> & { revectorize?: boolean }} Host
 */

/** SHA-256 of weights, optimiser state and moving averages; of every number of metrics.csv so far; of all logits.
 * @typedef {{ state: string, metrics: string, logits: string }} Digests */

/** What really ran, and its digests by step.
 * @typedef {object} Outcome
 * @property {string} name
 * @property {string} mode
 * @property {number} threads at work
 * @property {string} tiles
 * @property {boolean} revectorized
 * @property {Record<string, Digests>} digests
 */

/** Steps after which digests are taken: a few for slow hosts, and many. */
export const FEW_STEPS = 30;
export const MANY_STEPS = 300;

const train = { total_steps: MANY_STEPS, eval_every_steps: FEW_STEPS };

/**
 * Together they use every kind of arithmetic. Full batches of more than 512 examples fill all lanes, and widths are off the
 * multiples of 8. A changed configuration gets a new name: digests are recorded under it.
 * @type {readonly import('grokscope').ExperimentInput[]}
 */
export const experiments = [
  {
    name: 'two-layer, quadratic',
    dataset: { N: 37 },
    model: { type: 'two_layer', hidden_dim: 45 },
    train: { ...train, lr: 0.01, weight_decay: 5, loss: 'mse' },
  },
  {
    name: 'embedding MLP with StableMax and momentum',
    dataset: { N: 29, op: 'sub', pairs: 'unordered' },
    model: { type: 'embedding_mlp', embed_dim: 17, hidden_dim: 60 },
    train: { ...train, lr: 0.1, loss: 'stablemax', optimizer: 'sgd', momentum: 0.9, weight_decay: 1e-3 },
  },
  {
    name: 'mlp with dropout, mini-batches and a moving average',
    seed: 3,
    dataset: { N: 23, op: 'div', split: 'hash', label_noise: 0.1 },
    loader: { batch_size: 100 },
    model: { type: 'mlp', layers: 2, hidden_dim: 52, activation: 'gelu', dropout: 0.2 },
    train: { ...train, lr: 0.01, ema: { use: true, decay: 0.9 }, label_smoothing: 0.1 },
  },
  {
    name: 'transformer in single precision',
    dataset: { N: 29, train_fraction: 0.7 },
    model: { type: 'transformer', d_model: 36, heads: 2, d_mlp: 76 },
    train,
  },
  {
    name: 'transformer in double precision',
    dataset: { N: 23 },
    model: { type: 'transformer', d_model: 24, heads: 2, d_mlp: 52 },
    train: { ...train, dtype: 'f64' },
  },
  {
    name: 'transformer with LayerNorm, clipping and a cosine schedule',
    dataset: { N: 13, op: 'x^2+xy+y^2' },
    model: { type: 'transformer', d_model: 24, heads: 2, d_mlp: 40, norm: 'layer' },
    train: { ...train, scheduler: { name: 'cosine_with_warmup' }, grad_clip_norm: 1 },
  },
  {
    name: 'copying from rewards',
    task: 'copy',
    dataset: { alphabet: 5, length: 3, train_fraction: 0.6 },
    model: { type: 'transformer', d_model: 20, heads: 2, d_mlp: 28 },
    train: { ...train, lr: 0.01, objective: 'reinforce' },
  },
  {
    name: 'sparse parity with a single output',
    task: 'parity',
    dataset: { n: 37, k: 2, train_samples: 150, test_samples: 90, label_noise: 0.05 },
    loader: { batch_size: 70 },
    model: { type: 'mlp', layers: 1, hidden_dim: 45, input_encoding: { type: 'signs' }, output: 'margin' },
    train: { ...train, lr: 0.1, loss: 'hinge', optimizer: 'sgd', weight_decay: 0.01 },
  },
  {
    name: 'composition of permutations',
    task: 'group',
    dataset: { group: 'S4', train_fraction: 0.7 },
    model: { type: 'two_layer', hidden_dim: 52 },
    train: { ...train, lr: 0.01, weight_decay: 3, loss: 'mse' },
  },
];

/**
 * Trains all of them, each on a machine of its own.
 * @param {Library} library the built one, or the sources
 * @param {Host} [host]
 * @param {number} [steps] as many as these of each
 * @returns {Promise<Outcome[]>}
 */
export async function outcomes(library, { revectorize = false, ...options } = {}, steps = MANY_STEPS) {
  if (revectorize) await library.allowRevectorizer();
  /** @type {Outcome[]} */
  const found = [];
  for (const input of experiments) {
    const { experiment } = library.experimentFromObject(input);
    const machine = await library.Machine.open(options);
    /** @type {import('grokscope').MetricsRow[]} */
    const rows = [];
    /** @type {Outcome['digests']} */
    const digests = {};
    for await (const snapshot of library.train(experiment, { machine })) {
      rows.push(...library.metricsRows(snapshot));
      const { step } = snapshot;
      if (step === FEW_STEPS || step === MANY_STEPS) digests[step] = await digestsOf(library, snapshot, rows);
      if (step >= steps) break;
    }
    const { mode, threads, tiles, revectorized } = machine;
    found.push({ name: experiment.name, mode, threads, tiles: tiles.tiles, revectorized, digests });
    await machine.close();
  }
  return found;
}

/**
 * @param {Library} library
 * @param {import('grokscope').Snapshot} snapshot
 * @param {readonly import('grokscope').MetricsRow[]} rows
 * @returns {Promise<Digests>}
 */
async function digestsOf({ digest }, snapshot, rows) {
  const cells = rows.flatMap(({ step, split, values }) =>
    Object.entries(values).map(([column, value = Number.NaN]) =>
      tensor(`${step} ${split} ${column}`, [value]),
    ),
  );
  return {
    state: await digest(snapshot.state().tensors),
    metrics: await digest(new Map(cells)),
    logits: await digest(new Map([tensor('logits', snapshot.logits())])),
  };
}

/**
 * @param {string} name
 * @param {ArrayLike<number>} values
 * @returns {[string, import('grokscope').Tensor]}
 */
function tensor(name, values) {
  return [name, { dtype: 'f64', shape: [values.length], values: Float64Array.from(values) }];
}
