/** What the tour of the lab says is what the repository records: every number in its words stands in a document or is a setting. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { anchorsOf } from '../../scripts/markdown.mjs';
import { root } from '../../scripts/run.mjs';
import { parseExperiment } from '../../src/index.ts';
import { steps } from '../../web/tour/steps/index.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
/** In one line, as documents break theirs anywhere; minus signs and spaces as one types them. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ').replace(/\s+/g, ' ');

const file = read('configs/waiting.yaml');
const { experiment } = parseExperiment(file, { file: 'waiting.yaml', overrides: [] });
const { dataset, model, train, milestones } = experiment;
const facts: Readonly<Record<string, string>> = {
  modulus: 'N' in dataset ? String(dataset.N) : '',
  trained: 'train_fraction' in dataset ? `${100 * Number(dataset.train_fraction)}` : '',
  dimensions: 'embed_dim' in model ? String(model.embed_dim) : '',
  neurons: 'hidden_dim' in model ? String(model.hidden_dim) : '',
  memorised: `${100 * milestones.memorize_threshold}`,
  grokked: `${100 * milestones.grok_threshold}`,
  patience: String(milestones.grok_patience),
  decay: String(train.weight_decay),
};

/** For each step the passages that record its numbers. */
const records: readonly (readonly (readonly [file: string, passage: string])[])[] = [
  [
    [
      'docs/reproductions.md',
      '| [P53](#p53) | A transformer memorises addition modulo 53 at once and understands it an order of magnitude later | 5 | reproduced |',
    ],
    ['docs/science.md', 'Power et al. (2022, arXiv:2201.02177)'],
  ],
  [
    [
      'docs/claims.md',
      '| invariant, the diagonal share is halfway before accuracy is | +75 (+65 to +85) | 24 | supported | – |',
    ],
  ],
  [],
  [
    [
      'docs/trials-findings.md',
      'Without decay none of 24 networks groks within 3,000 steps, with decay 1 all do',
    ],
    ['docs/trials-findings.md', 'A norm held at 33 without any decay groks too, in all 24 runs'],
    ['docs/claims.md', '| decay 1 groks sooner than none | × 0.16 (0.149 to 0.172) | 24 | supported | – |'],
    [
      'docs/claims.md',
      '| doubling 0.25 halves the wait | × 0.526 (0.399 to 0.581) | 24 | supported | – | | doubling 0.5 halves the wait | × 0.588 (0.559 to 0.619) | 24 | supported | – | | doubling 1 halves the wait | × 0.87 (0.783 to 0.965) | 24 | contradicted | – |',
    ],
    [
      'docs/claims.md',
      '| a norm held instead of decay groks sooner than none | × 0.212 (0.137 to 0.534) | 24 | undecided |',
    ],
  ],
  [
    [
      'docs/claims.md',
      '| invariant, a larger diagonal share than with random labels | +0.813 (+0.801 to +0.827) | 24 | supported | – |',
    ],
    [
      'docs/claims.md',
      '| without geometry, random labels still become sparse | −18 (−19 to −16.5) | 24 | supported | – |',
    ],
  ],
  [
    [
      'docs/claims.md',
      '| literal sooner than decay alone | × 0.973 (0.908 to 1.05) | 32 | contradicted | – |',
    ],
    ['docs/claims.md', '| literal sooner than permuted | × 1.06 (0.97 to 1.16) | 32 | contradicted | – |'],
    ['docs/claims.md', '| permuted as soon as decay alone | × 0.915 (0.851 to 0.991) | 32 | supported | – |'],
    ['trials/laplacian-penalty.yaml', 'weight_decay: 2'],
  ],
  [
    ['docs/claims.md', 'Musat 2025 (arXiv:2511.01938)'],
    [
      'docs/theory.md',
      'Over all 60 runs observed/predicted is **1.10**, with a 95 % interval over the five seeds from 1.00 to 1.21',
    ],
    ['docs/theory.md', 'the factor 2 was derived after the first real runs had been seen'],
  ],
  [
    [
      'docs/claims.md',
      '| a norm held instead of decay groks sooner than none | × 0.212 (0.137 to 0.534) | 24 | undecided | 25 |',
    ],
    [
      'docs/claims.md',
      '| as stated, a larger low share than with random labels | +0.0575 (+0.0183 to +0.0999) | 24 | undecided | 116 |',
    ],
    ['docs/trials-findings.md', 'A norm held at 33 without any decay groks too'],
  ],
];

const numbersOf = (text: string): string[] =>
  [...plain(text).matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([number]) => number.replace(/,$/, ''));

test('each passage that records a number of the tour stands in the document named', () => {
  const missing = records
    .flat()
    .filter(([path, passage]) => !plain(read(path)).includes(passage))
    .map(([path, passage]) => `${path}: ${passage}`);
  expect(missing).toEqual([]);
});

test('every number in the words of the tour is recorded for its step, or a setting of its network', () => {
  const verdicts = verdictCounts();
  const invented = steps.flatMap(({ title, words, evidence }, i) => {
    const recorded = new Set([
      ...Object.values(facts),
      ...(records[i] ?? []).flatMap(([, passage]) => numbersOf(passage)),
      ...(title === 'What is still open' ? verdicts : []),
    ]);
    return [...words, ...evidence.map((one) => one.words)]
      .flatMap(numbersOf)
      .filter((number) => !recorded.has(number))
      .map((number) => `${title}: ${number}`);
  });
  expect(invented).toEqual([]);
});

/** How many claims were put to trial, all of them contradicted; how many reproductions there are, and how many failed. */
function verdictCounts(): string[] {
  const claims = read('docs/claims.md').match(/^\| .*\*\*(\w+)\*\*.*$/gm) ?? [];
  expect(claims.filter((row) => !row.includes('**contradicted**'))).toEqual([]);
  const rows = read('docs/reproductions.md').match(/^\| \[\w+\]\(#\w+\) .*$/gm) ?? [];
  const failed = rows.filter((row) => row.endsWith('| not reproduced |'));
  return [claims.length, rows.length, failed.length].map(String);
}

test('what the tour counts in the trial of weight decay is so in its results', () => {
  const { runs } = JSON.parse(read('trials/results/weight-decay/results.json')) as {
    runs: { arm: string; seed: number; endpoints: Record<string, { value: number; observed: boolean }> }[];
  };
  const grokked = (arm: string) =>
    runs.filter((run) => run.arm === arm).map(({ endpoints }) => endpoints['time to grok']?.observed);
  expect(grokked('none')).toEqual(Array.from({ length: 24 }, () => false));
  expect(grokked('decay 1')).toEqual(Array.from({ length: 24 }, () => true));
  expect(grokked('norm held')).toEqual(Array.from({ length: 24 }, () => true));
  // The last step tries seeds that this trial did not have.
  expect(Math.max(...runs.map(({ seed }) => seed))).toBe(23);
});

test('the network of the tour is that of the trials it cites', () => {
  const preset = parse(file) as Record<string, Record<string, unknown>>;
  for (const trial of ['weight-decay', 'energy-shift', 'laplacian-penalty', 'circuit-efficiency']) {
    const { experiment: plan } = parse(read(`trials/${trial}.yaml`)) as {
      experiment: Record<string, Record<string, unknown>>;
    };
    expect(preset.dataset).toEqual(plan.dataset);
    expect(preset.model).toEqual(plan.model);
    expect(preset.train?.lr).toBe(plan.train?.lr);
    expect(preset.train?.scheduler).toEqual(plan.train?.scheduler);
  }
});

test('every document that the tour cites is there, with the section named', () => {
  const dead = steps
    .flatMap(({ evidence }) => evidence.map(({ document }) => document))
    .filter((document) => {
      const [path = '', anchor] = document.split('#');
      return !existsSync(join(root, path)) || (anchor !== undefined && !anchorsOf(read(path)).has(anchor));
    });
  expect(dead).toEqual([]);
});

test('each step says what it has to say in a few sentences', () => {
  for (const { words } of steps.slice(0, -1)) {
    const sentences = plain(words.join(' ')).match(/[.?!”](?= |$)/g) ?? [];
    expect(sentences.length).toBeGreaterThanOrEqual(2);
    expect(sentences.length).toBeLessThanOrEqual(5);
  }
});
