import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { ConfigError } from '../config/error.ts';
import { loadExperiment } from '../config/node.ts';
import { NUMERIC_VERSION } from '../engine/index.ts';
import { describeRun, runId } from '../runs/index.ts';
import { plannedRuns } from './planned-runs.ts';
import { parseTrial, readTrial } from './trial-file.ts';

const good = `question: Does a larger step memorise sooner?
claim: Larger steps memorise sooner.
source: Nobody (2026)
limits: [One task.]
experiment:
  dataset: {N: 7}
  model: {type: mlp, hidden_dim: 16}
  train: {total_steps: 30}
settings: {train.eval_every_steps: 2}
seeds: 3
arms:
  slow: {train.lr: 0.003}
  fast: {train: {lr: 0.03}}
endpoints:
  time: {time: memorized}
  wait: {time: grokked, after: memorized}
  norm: {time: {column: weight_norm, falls_to: 2, patience: 3}}
  halfway: {time: {column: loss, share: 0.5, split: val}}
  lead: {lead: memorized, over: grokked}
  final: {value: weight_norm, at: last}
  drop: {change: loss, from: first, to: 20}
rule:
  level: 0.1
  supported_when: any
  comparisons:
    sooner: {endpoint: time, arm: fast, against: slow, expect: smaller, by: 0.8}
    lighter: {endpoint: final, arm: fast, against: 3, expect: smaller, by: 0.5, test: sign}
`;

const file = 'trials/steps.yaml';

/** The good trial with some of its lines in other words. */
function changed(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, good);
}

function refusal(text: string): string {
  try {
    parseTrial(text, file);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'not refused';
}

test('a trial says what its file says', () => {
  const trial = parseTrial(good, file);
  const { arms, ...rest } = trial;
  expect(rest).toEqual({
    name: 'steps',
    question: 'Does a larger step memorise sooner?',
    claim: 'Larger steps memorise sooner.',
    source: 'Nobody (2026)',
    limits: ['One task.'],
    seeds: [0, 1, 2],
    endpoints: {
      time: { kind: 'time', event: { milestone: 'memorized' }, after: null },
      wait: { kind: 'time', event: { milestone: 'grokked' }, after: { milestone: 'memorized' } },
      norm: {
        kind: 'time',
        event: { column: 'weight_norm', split: 'train', direction: 'falls_to', value: 2, patience: 3 },
        after: null,
      },
      halfway: {
        kind: 'time',
        event: { column: 'loss', split: 'val', share: 0.5, patience: 1 },
        after: null,
      },
      lead: { kind: 'lead', event: { milestone: 'memorized' }, over: { milestone: 'grokked' } },
      final: { kind: 'value', column: 'weight_norm', split: 'train', at: 'last' },
      drop: { kind: 'change', column: 'loss', split: 'train', from: 'first', to: 20 },
    },
    rule: {
      level: 0.1,
      supportedWhen: 'any',
      comparisons: [
        {
          name: 'sooner',
          endpoint: 'time',
          arm: 'fast',
          against: { arm: 'slow' },
          expect: 'smaller',
          by: 0.8,
          test: 'restricted_mean',
        },
        {
          name: 'lighter',
          endpoint: 'final',
          arm: 'fast',
          against: { number: 3 },
          expect: 'smaller',
          by: 0.5,
          test: 'sign',
        },
      ],
    },
  });
  expect(arms.map(({ name, about }) => [name, about])).toEqual([
    ['slow', 'train.lr 0.003'],
    ['fast', 'train.lr 0.03'],
  ]);
  const { seed, dataset, train } = arms[1].experiment(2);
  expect({ seed, split: dataset.seed, lr: train.lr, every: train.eval_every_steps }).toEqual({
    seed: 2,
    split: 2,
    lr: 0.03,
    every: 2,
  });
});

test('runs come pair by pair, and have the ids that training the same settings gives', () => {
  const folder = mkdtempSync(join(tmpdir(), 'grokscope-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const experiment = join(folder, 'base.yaml');
  writeFileSync(experiment, stringify(parse(good).experiment));
  const path = join(folder, 'steps.yaml');
  writeFileSync(path, stringify({ ...parse(good), experiment: './base.yaml' }));
  const runs = plannedRuns(readTrial(path), 'runs');
  expect(runs.map(({ folder: place }) => place)).toEqual(
    [0, 1, 2].flatMap((seed) => [`slow/seed-00${seed}`, `fast/seed-00${seed}`]),
  );
  const overrides = ['train.eval_every_steps=2', 'train.lr=0.03', 'seed=1'];
  const { config } = describeRun(loadExperiment(experiment, overrides).experiment, {
    command: [],
    versions: {},
    threads: 1,
  });
  expect(runs[3].runId).toBe(runId(config, NUMERIC_VERSION));
});

test('an arm may have words and an experiment of its own, and a section that names its type replaces the other', () => {
  const trial = parseTrial(
    changed([
      'fast: {train: {lr: 0.03}}',
      'fast: {about: bits, experiment: {task: parity, model: {type: mlp}, train: {total_steps: 30}}, settings: {model: {type: two_layer, hidden_dim: 8}}}',
    ]),
    file,
  );
  expect(trial.arms[1].about).toBe('bits');
  expect(trial.arms[1].experiment(0)).toMatchObject({
    task: 'parity',
    model: { type: 'two_layer', hidden_dim: 8 },
    train: { eval_every_steps: 2 },
  });
});

/** What is changed in the good trial → what is said of it. */
const refusals: Record<string, [changes: [string, string][], message: string]> = {
  'one arm': [
    [['  fast: {train: {lr: 0.03}}\n', '']],
    `${file}:11:1: a trial compares arms, and this one has only one, slow
  arms:
  ^
  add an arm to compare it with, such as \`control: {}\``,
  ],
  'an arm with a seed of its own': [
    [['{train.lr: 0.003}', '{train.lr: 0.003, seed: 4}']],
    `${file}:12:27: arm slow sets seed, so that its runs would not be paired: the trial itself gives every arm the same seeds
  ` +
      `  slow: {train.lr: 0.003, seed: 4}
                            ^
  leave it out, and say under seeds which seeds are run`,
  ],
  'settings with the seed of the split': [
    [['{train.eval_every_steps: 2}', '{dataset: {seed: 1}}']],
    `${file}:9:22: the section settings sets dataset.seed`,
  ],
  'an arm that cannot be built': [
    [['{train.lr: 0.003}', '{train.lrr: 0.003}']],
    `${file}:12:10: arm slow cannot be built: train.lrr is not a key of train
    slow: {train.lrr: 0.003}
           ^
  did you mean lr?`,
  ],
  'an arm that breaks a rule of the base experiment': [
    [['{train.lr: 0.003}', '{dataset: {op: div, N: 9}}']],
    `${file}:12:32: arm slow cannot be built: dataset.N must be prime for op div`,
  ],
  'a fault of the experiment itself, once for each arm': [
    [['{N: 7}', '{N: 1}']],
    `${file}:6:16: arm slow cannot be built: dataset.N must be a whole number from 2 to 46340, got 1`,
  ],
  'a preset that is none': [
    [
      [
        'experiment:\n  dataset: {N: 7}\n  model: {type: mlp, hidden_dim: 16}\n  train: {total_steps: 30}',
        'experiment: r11',
      ],
    ],
    `${file}:5:13: there is no preset r11\n  experiment: r11\n              ^\n  did you mean r1?`,
  ],
  'a column that nobody logs': [
    [['{value: weight_norm, at: last}', '{value: weight_nrm, at: last}']],
    `${file}:20:18: the runs of arm fast do not log a column weight_nrm
    final: {value: weight_nrm, at: last}
                   ^
  did you mean weight_norm?`,
  ],
  'a column that a setting would log': [
    [['{column: weight_norm, falls_to: 2', '{column: embedding_gini, falls_to: 2']],
    `with the setting`,
  ],
  'a split without rows': [
    [['split: val', 'split: test']],
    `${file}:18:53: the runs of arm slow have no split test`,
  ],
  'an unknown arm': [
    [['arm: fast, against: slow', 'arm: fats, against: slow']],
    `${file}:26:35: there is no arm "fats"
      sooner: {endpoint: time, arm: fats, against: slow, expect: smaller, by: 0.8}
                                    ^
  did you mean fast?`,
  ],
  'an unknown endpoint': [
    [['endpoint: time', 'endpoint: tmie']],
    `${file}:26:24: there is no endpoint "tmie"`,
  ],
  'an arm compared with itself': [
    [['against: slow', 'against: fast']],
    `26:50: arm fast is compared with itself`,
  ],
  'a test of times for a number': [
    [['test: sign', 'test: log_rank']],
    `log_rank compares times, but final is a value\n`,
  ],
  'a test of two arms for a number': [
    [
      ['arm: fast, against: slow', 'arm: fast, against: 10'],
      ['by: 0.8}', 'by: 0.8, test: log_rank}'],
    ],
    `log_rank compares two arms, and a number is none\n`,
  ],
  'a ratio of the wrong side': [
    [['by: 0.8', 'by: 1.25']],
    `rule.comparisons.sooner.by must be a ratio of restricted mean times between 0 and 1, since smaller is expected, got 1.25`,
  ],
  'a difference that is none': [
    [['by: 0.5', 'by: 0']],
    `rule.comparisons.lighter.by must be a difference above 0, in the unit of the endpoint, got 0`,
  ],
  'different budgets': [
    [['{train.lr: 0.003}', '{train.lr: 0.003, train.total_steps: 40}']],
    `26:50: time is a time, but the budgets differ: slow has 40 steps and fast 30\n`,
  ],
  'a moment after the end': [
    [['to: 20', 'to: 200']],
    `21:41: step 200 does not come in the runs of arm slow, which end at 30\n`,
  ],
  'an unknown key': [[['claim:', 'clam:']], `${file}:2:1: clam is not a key of a trial\n`],
  'an unknown key of a comparison': [
    [['expect: smaller, by: 0.8', 'expects: smaller, by: 0.8']],
    `expects is not a key of a comparison\n`,
  ],
  'an endpoint of no kind': [
    [['{time: memorized}', '{tme: memorized}']],
    `endpoints.time must be an endpoint: {time: …}, {lead: …, over: …}, {value: …, at: …} or {change: …, from: …, to: …}, but it has none of these keys`,
  ],
  'an event without a bound': [
    [['falls_to: 2, ', '']],
    `an event of a column needs one of reaches, falls_to and share, but it has none of them`,
  ],
  'one seed': [
    [['seeds: 3', 'seeds: 1']],
    `${file}:10:8: seeds must be how many from 2 to 10000 (20 is 0 to 19), or a list of at least two seeds from 0 to 4294967295`,
  ],
  'a seed given twice': [[['seeds: 3', 'seeds: [4, 5, 4]']], `${file}:10:15: seed 4 is given twice`],
  'a rule without comparisons': [
    [[good.slice(good.indexOf('  comparisons')), '  comparisons: {}\n']],
    'a rule needs a comparison',
  ],
  'no YAML': [[['question:', 'question: {']], `${file}:`],
};

test.for(Object.entries(refusals))('%s is refused with its place', ([, [changes, message]]) => {
  expect(refusal(changed(...changes))).toContain(message);
});

test('an empty file and a missing one say what to do', () => {
  expect(refusal('')).toContain('the file is empty, but a trial is a mapping of keys to values');
  expect(() => readTrial('/nowhere/steps.yaml')).toThrow('/nowhere/steps.yaml: there is no such file');
});

test('several faults are said at once, down the file', () => {
  const lines = refusal(changed(['seeds: 3', 'seeds: no'], ['by: 0.8', 'by: 8'], ['claim: L', 'clam: L']))
    .split('\n')
    .filter((line) => line.startsWith(file));
  expect(lines.map((line) => line.slice(file.length).split(':')[1])).toEqual(
    lines.map((line) => line.slice(file.length).split(':')[1]).toSorted((a, b) => Number(a) - Number(b)),
  );
  expect(lines.length).toBe(4);
});
