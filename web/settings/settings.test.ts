import { expect, test } from 'vitest';
import { jsonSchema, schemaPaths } from '../../src/config/json-schema.ts';
import { overrideAt, valueIn, withSetting, writtenValue } from './changed-settings.ts';
import { presets } from './presets.ts';
import { settingSections } from './setting-fields.ts';
import { commandLineOf, readSettings } from './written-settings.ts';

const r1 = { preset: 'r1', overrides: [] };
const experiments = presets.map(({ name }) => readSettings({ preset: name, overrides: [] }).experiment);
const fieldsOf = (overrides: readonly string[] = []) =>
  settingSections(readSettings({ ...r1, overrides }).experiment).flatMap(({ fields }) => fields);

test('every preset of the package is an experiment, described in words', () => {
  expect(presets.length).toBeGreaterThan(5);
  expect(experiments.map(({ name }) => name)).toEqual(presets.map(({ name }) => name));
  expect(presets.filter(({ description, takes }) => description === '' || takes === '')).toEqual([]);
});

test('the form has a field for every key of the schema but those without effect', () => {
  const kinds = ['two_layer', 'embedding_mlp', 'mlp', 'transformer'].map((type) => [`model={type: ${type}}`]);
  const tasks = ['group', 'parity', 'copy', 'random_labels'].map((task) => {
    const { experiment } = readSettings({
      preset: task === 'parity' || task === 'copy' ? task : 'r1',
      overrides: task === 'parity' || task === 'copy' ? [] : [`task=${task}`, 'dataset={}'],
    });
    return settingSections(experiment).flatMap(({ fields }) => fields);
  });
  const shown = new Set(
    [...kinds.map((kind) => fieldsOf(kind)), ...tasks].flat().map(({ path }) => path.join('.')),
  );
  const paths = schemaPaths(jsonSchema()).map((path) => path.join('.'));
  const leaves = [...new Set(paths)].filter((path) => !paths.some((other) => other.startsWith(`${path}.`)));
  expect(leaves.filter((path) => !shown.has(path)).sort()).toEqual([
    'analytic_dynamics',
    'analytic_lr',
    'analytic_steps',
    'loader.num_workers',
    'loader.pin_memory',
    'name',
    'spectral.snapshot_stride',
    'train.checkpoint_every_steps',
    'train.log_interval_steps',
  ]);
});

test('a field is what the schema says: choices, bounds, whole numbers, numbers that may be left out', () => {
  const kindOf = (key: string) => fieldsOf().find(({ path }) => path.join('.') === key)?.kind;
  expect(kindOf('train.optimizer')).toEqual({ kind: 'choice', options: ['adamw', 'adam', 'sgd'] });
  expect(kindOf('dataset.N')).toEqual({
    kind: 'number',
    whole: true,
    least: 2,
    most: 46340,
    optional: false,
  });
  expect(kindOf('train.norm_clamp')).toMatchObject({ kind: 'number', optional: true });
  expect(kindOf('train.ema.use')).toEqual({ kind: 'switch' });
  expect(kindOf('measures')).toMatchObject({ kind: 'several' });
  expect(kindOf('train.betas')).toEqual({ kind: 'text' });
  expect(kindOf('model.type')).toMatchObject({
    options: ['two_layer', 'embedding_mlp', 'mlp', 'transformer'],
  });
});

test('every field of every preset, written as it stands, changes nothing', () => {
  for (const [i, experiment] of experiments.entries()) {
    const settings = { preset: presets[i]?.name ?? '', overrides: [] };
    for (const { path } of settingSections(experiment).flatMap(({ fields }) => fields)) {
      const text = writtenValue(valueIn(experiment, path));
      const { overrides } = withSetting(settings, path, text);
      expect(overrides, path.join('.')).toEqual([]);
      if (text === '' || path.join('.') === 'model.type') continue;
      const again = readSettings({ ...settings, overrides: [`${path.join('.')}=${text}`] }).experiment;
      expect(again, path.join('.')).toEqual(experiment);
    }
  }
});

test('a changed setting is an override of the command line, and changing it back takes it away', () => {
  const changed = withSetting(withSetting(r1, ['train', 'lr'], '0.003'), ['seed'], '7');
  expect(changed.overrides).toEqual(['train.lr=0.003', 'seed=7']);
  expect(readSettings(changed).experiment.train.lr).toBe(0.003);
  expect(commandLineOf(changed)).toBe('npx grokscope train --config r1 train.lr=0.003 seed=7');
  expect(overrideAt(changed, ['train', 'lr'])).toBe('0.003');
  expect(withSetting(changed, ['train', 'lr'], '0.01').overrides).toEqual(['seed=7']);
  expect(withSetting(changed, ['train', 'lr'], '').overrides).toEqual(['seed=7']);
});

test('words that a shell would take apart are quoted', () => {
  const overrides = ['dataset.op=x^2+y^2', 'train.betas=[0.9, 0.98]'];
  expect(commandLineOf({ preset: 'r1', overrides })).toBe(
    "npx grokscope train --config r1 'dataset.op=x^2+y^2' 'train.betas=[0.9, 0.98]'",
  );
});

test('another kind of model takes its section along, another task its data set', () => {
  const wide = withSetting(r1, ['model', 'hidden_dim'], '64');
  const mlp = withSetting(wide, ['model', 'type'], 'mlp');
  expect(mlp.overrides).toEqual(['model={type: mlp}']);
  expect(readSettings(mlp).experiment.model).toMatchObject({ type: 'mlp', hidden_dim: 256 });
  expect(withSetting(mlp, ['model', 'type'], 'two_layer').overrides).toEqual([]);
  const drawn = withSetting(withSetting(r1, ['dataset', 'N'], '23'), ['task'], 'random_labels');
  expect(drawn.overrides).toEqual(['task=random_labels', 'dataset={}']);
  expect(readSettings(drawn).experiment.task).toBe('random_labels');
});
