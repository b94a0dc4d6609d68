import { expect, test } from 'vitest';
import { ConfigError } from './error.ts';
import { experimentFromObject, parseExperiment } from './parse.ts';

function refusal(text: string, overrides: string[] = []): ConfigError {
  try {
    parseExperiment(text, { file: 'x.yaml', overrides });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

test('an unknown key is shown with its line, a caret and the nearest key', () => {
  expect(refusal('dataset:\n  trian_fraction: 0.3\n').message).toBe(
    [
      'x.yaml:2:3: dataset.trian_fraction is not a key of dataset',
      '    trian_fraction: 0.3',
      '    ^',
      '  did you mean train_fraction?',
    ].join('\n'),
  );
});

test('division by a composite modulus is shown at the modulus, with the primes beside it', () => {
  expect(refusal('dataset: {op: div, N: 100}').message).toBe(
    [
      'x.yaml:1:23: dataset.N must be prime for op div, which needs an inverse for every b ≠ 0, got 100 = 2·50',
      '  dataset: {op: div, N: 100}',
      '                        ^',
      '  the nearest primes are 97 and 101',
    ].join('\n'),
  );
});

test('a wrong override is named as it was written, without a place in the file', () => {
  expect(refusal('seed: 1', ['train.lrr=3e-4']).message).toBe(
    'override train.lrr=3e-4: train.lrr is not a key of train\n  did you mean lr?',
  );
});

test('all issues are reported at once, in reading order', () => {
  const { issues } = refusal('train: {lr: fast, betas: [0.9, 1]}\nlodaer: {}\n', ['seed=-1']);
  expect(issues.map((issue) => [issue.path.join('.'), issue.line, issue.column, issue.override])).toEqual([
    ['seed', null, null, 'seed=-1'],
    ['train.lr', 1, 13, null],
    ['train.betas.1', 1, 32, null],
    ['lodaer', 2, 1, null],
  ]);
});

test.each([
  ['a wrong type', 'train: {lr: fast}', 'train.lr must be a number above 0, got "fast"'],
  [
    'a fraction for a count',
    'model: {type: mlp, layers: 1.5}',
    'must be a whole number of at least 1, got 1.5',
  ],
  ['a modulus below 2', 'dataset: {N: 1}', 'dataset.N must be a whole number from 2 to 46340, got 1'],
  ['a batch of nothing', 'loader: {batch_size: 0}', 'must be full or a whole number of at least 1, got 0'],
  [
    'a beta of 1',
    'train: {betas: [1, 0.9]}',
    'train.betas[0] must be a number of at least 0 and below 1, got 1',
  ],
  ['a single beta', 'train: {betas: [0.9]}', 'train.betas must be a list of 2 numbers'],
  ['a section without keys', 'loader:\nseed: 1', 'loader must be a mapping of keys to values, got nothing'],
  ['infinity', 'train: {lr: .inf}', 'train.lr must be a number above 0, got Infinity'],
  ['not a number', 'train: {lr: .nan}', 'train.lr must be a number above 0, got NaN'],
  ['a model without a type', 'model: {heads: 2}', 'model.type is missing'],
  [
    "another model's key",
    'model: {type: mlp, d_model: 8}',
    'model.d_model is not a key of model of type mlp',
  ],
  ['a name that is no folder', 'name: a/b', 'name must be 1 to 100 characters that can name a folder'],
  ['no train pair', 'dataset: {train_fraction: 0}', 'leaves no train example out of 2809 pairs'],
  ['no held-out pair', 'dataset: {train_fraction: 1}', 'leaves no held-out example out of 2809 pairs'],
  [
    'a hash pool that is all validation',
    'dataset: {N: 2, split: hash, train_fraction: 0.3}',
    'no train example',
  ],
  ['heads beside the width', 'model: {type: transformer, heads: 3}', 'model.heads must divide model.d_model'],
  [
    'a learned encoding without width',
    'model: {type: mlp, input_encoding: {type: learned}}',
    'embed_dim must be at least 1 for a learned encoding, got 0',
  ],
  [
    'analytic weights for ReLU',
    'model: {type: two_layer, activation: relu, init: {type: analytic}}',
    'analytic needs activation quadratic, input concat and op add, got relu, concat, add',
  ],
  [
    'a std that nothing reads',
    'model: {type: mlp, init: {std: 0.1}}',
    'model.init.std belongs to type normal, got type default',
  ],
  ['nesterov alone', 'train: {optimizer: sgd, nesterov: true}', 'train.nesterov needs a momentum above 0'],
  [
    'an activation of another model',
    'model: {type: mlp}\nspectral: {of: attn_out}',
    'spectral.of names attn_out, which model type mlp does not have',
  ],
  [
    'the energy of strings of bits on a torus',
    'task: parity\nlaplacian_penalty: {compute: true}',
    'laplacian_penalty.kind literal needs a task on pairs of residues',
  ],
  [
    'a relabelling of products',
    'dataset: {op: mul}\nlaplacian_penalty: {compute: true, kind: best_relabelled}',
    'laplacian_penalty.kind best_relabelled needs op add or sub',
  ],
  [
    'more neighbours than tokens',
    'dataset: {N: 5}\nlaplacian_penalty: {compute: true, kind: neighbours, neighbours: 5}',
    'laplacian_penalty.neighbours must be below the number of tokens, got 5 of 5',
  ],
  ['a norm of nothing', 'train: {norm_clamp: 0}', 'train.norm_clamp must be'],
  ['half a mode', 'spectral: {mode: count, value: 0.5}', 'spectral.value must be a whole number of modes'],
  ['a list', '- seed', 'an experiment must be a mapping'],
  ['a key given twice', 'seed: 1\nseed: 2', 'the key seed is given twice'],
  ['an open brace', 'dataset: {N: 53\nseed: 1', 'not valid YAML'],
  ['a tab', 'train:\n\tlr: 1', 'tabs are not allowed as indentation'],
  ['an alias of nothing', 'seed: *other', 'the alias *other has no anchor'],
  ['two documents', 'seed: 1\n---\nseed: 2', 'a second YAML document begins here'],
  ['a prototype', '__proto__: {polluted: 1}', '__proto__ is not a top-level key'],
])('%s is refused in one line that has a place', (_, text, message) => {
  const { issues, message: rendered } = refusal(text);
  expect(issues).toHaveLength(1);
  expect(issues[0].message).toContain(message);
  expect(issues[0].message).not.toContain('\n');
  expect(rendered).toMatch(/^x\.yaml:[12]:\d+: /);
});

test.each([
  ['', 'x.yaml: the file is empty'],
  ['# comments only\n', 'x.yaml: the file is empty'],
])('an empty file (%j) is refused', (text, message) => {
  expect(refusal(text).message).toContain(message);
});

test.each([
  ['train: {nesterov: yes}', 'write true'],
  ['train: {grad_clip_norm: None}', 'write null'],
  ['train: {lr: "3e-4"}', 'write the number without quotes: 3e-4'],
  ['train: {optimizer: adam_w}', 'did you mean adamw?'],
  ['loader: {batch_size: Full}', 'did you mean full?'],
  ['lr: 1', 'did you mean train.lr?'],
  ['model: {type: mlp, heads: 2}', 'it is a key of type transformer'],
])('%s is answered with "%s"', (text, suggestion) => {
  expect(refusal(text).issues[0].suggestion).toBe(suggestion);
});

test.each([
  ['no equals sign', 'train.lr'],
  ['no key', '=1'],
  ['an empty part', 'train..lr=1'],
])('an override with %s is refused by its form', (_, override) => {
  expect(refusal('seed: 1', [override]).message).toMatch(
    `override ${override}: an override must be written section.key=value`,
  );
});

test('an override whose value is not YAML is refused', () => {
  expect(refusal('seed: 1', ['train.betas=[0.9']).message).toContain('its value is not valid YAML');
});

test.each(['*nowhere', '{a: *b}'])(
  'an override whose value is the alias %s of nothing is refused',
  (value) => {
    expect(refusal('seed: 1', [`train.lr=${value}`]).message).toMatch(
      /override train\.lr=.*: its value is not usable YAML: /,
    );
  },
);

test('a rule broken by an override is blamed on the override, not on the file', () => {
  const error = refusal('dataset: {N: 100}', ['dataset.op=div']);
  expect(error.message).toMatch(/^override dataset\.op=div: dataset\.N must be prime/);
});

test('overrides are YAML, make missing sections, and the last one wins', () => {
  const overrides = ['train.betas=[0.5, 0.6]', 'train.lr=3e-4', 'train.lr=1e-2', 'dataset.op=x^2+y^2'];
  const { experiment } = parseExperiment('train: {lr: 1}', { overrides });
  expect(experiment.train.betas).toEqual([0.5, 0.6]);
  expect(experiment.train.lr).toBe(0.01);
  expect(experiment.dataset).toMatchObject({ op: 'x^2+y^2' });
});

test('a whole section can be overridden', () => {
  const { experiment } = parseExperiment('model: {type: transformer, heads: 2}', {
    overrides: ['model={type: mlp}', 'model.layers=2'],
  });
  expect(experiment.model).toMatchObject({ type: 'mlp', layers: 2 });
});

test.each([
  ['3e-4', 0.0003],
  ['1e-2', 0.01],
  ['1E3', 1000],
  ['.5', 0.5],
  ['5', 5],
])('%s is a number', (text, value) => {
  expect(parseExperiment(`train: {lr: ${text}}`).experiment.train.lr).toBe(value);
});

test('anchors and aliases may be used', () => {
  const text = 'seed: &s 7\ndataset: {seed: *s}\nspectral: {seed: 1}';
  expect(parseExperiment(text).experiment.dataset.seed).toBe(7);
});

test('defaults follow the keys they depend on', () => {
  const { experiment } = experimentFromObject({ seed: 5, train: { optimizer: 'sgd', dtype: 'f64' } });
  expect(experiment.dataset).toMatchObject({ seed: 5, val_fraction: 0 });
  expect(experiment.spectral.seed).toBe(5);
  expect(experiment.train).toMatchObject({
    weight_decay: 0,
    weight_decay_kind: 'l2',
    log_softmax_dtype: 'f64',
  });
  const { experiment: hashed } = experimentFromObject({ dataset: { split: 'hash' } });
  expect(hashed.dataset.val_fraction).toBe(0.1);
  expect(hashed.train).toMatchObject({ weight_decay: 1, weight_decay_kind: 'decoupled' });
});

test('the name is that of the file unless the file says otherwise', () => {
  const named = (file: string, text = 'seed: 1') => parseExperiment(text, { file }).experiment.name;
  expect(named('configs/r1.yaml')).toBe('r1');
  expect(named('C:\\work\\two words.yml')).toBe('two words');
  expect(named('configs/r1.yaml', 'name: mine')).toBe('mine');
  expect(experimentFromObject({}).experiment.name).toBe('experiment');
});

test('an object is checked like a file, without a place', () => {
  const wrong = () => experimentFromObject({ dataset: { N: 1 } });
  expect(wrong).toThrow(ConfigError);
  expect(wrong).toThrow(/^dataset\.N must be a whole number from 2 to 46340, got 1$/);
});

test.each([
  ['train: {momentum: 0.9}', 'train.momentum has no effect with optimizer adamw'],
  ['train: {loss: mse, label_smoothing: 0.1}', 'train.label_smoothing has no effect with loss mse'],
  [
    'train: {weight_decay: 1, weight_decay_kind: none}',
    'weight_decay has no effect with weight_decay_kind none',
  ],
  ['laplacian_penalty: {compute: true}', 'kind literal sees unlabelled test inputs and the true graph'],
  [
    'laplacian_penalty: {compute: true, kind: neighbours}',
    'kind neighbours sees neither test inputs nor the true graph',
  ],
  ['train: {total_steps: 5}', 'warmup_steps 10 is not below total_steps 5'],
  ['loader: {batch_size: 2000}', 'loader.batch_size 2000 is more than the 1405 train examples'],
])('%s is accepted with a notice', (text, notice) => {
  const { notices } = parseExperiment(text);
  expect(notices).toHaveLength(1);
  expect(notices[0]).toContain(notice);
});
