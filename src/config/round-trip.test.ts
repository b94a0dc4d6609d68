import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ExperimentInput } from './experiment.ts';
import { meaningOf } from './meaning.ts';
import { experimentFromObject, parseExperiment } from './parse.ts';
import { operations } from './tasks/modular.ts';
import { toYaml } from './to-yaml.ts';

const share = fc.double({ min: 0, max: 0.99, noNaN: true });
const positive = fc.double({ min: 1e-12, max: 1e6, noNaN: true });
const width = fc.integer({ min: 1, max: 2000 });
const seed = fc.integer({ min: 0, max: 0xffffffff });
const name = fc.oneof(
  fc.constantFrom('null', 'true', '1e3', '~', '- a', "'", '#x', ' padded '),
  fc
    .string({ minLength: 1, maxLength: 20 })
    .filter((text) => /^(?!\.{1,2}$)[^/\\:*?"<>|\n\r\t\0]+$/.test(text)),
);

const model: fc.Arbitrary<ExperimentInput['model']> = fc.oneof(
  fc.record({
    type: fc.constant('two_layer' as const),
    hidden_dim: width,
    init: fc.record({ type: fc.constant('normal' as const), std: fc.option(positive) }),
  }),
  fc.record({ type: fc.constant('embedding_mlp' as const), combine: fc.constantFrom('concat', 'sum') }),
  fc.record({ type: fc.constant('mlp' as const), dropout: share, layers: width }),
  fc.record({
    type: fc.constant('transformer' as const),
    norm: fc.constantFrom('none', 'layer', 'rms', 'sphere'),
  }),
);

/** Inputs with many keys set and the others left to their defaults; N is prime, so that every operation is possible. */
const input: fc.Arbitrary<ExperimentInput> = fc.record(
  {
    name,
    seed,
    dataset: fc.record(
      {
        N: fc.constantFrom(7, 13, 29),
        op: fc.constantFrom(...operations),
        pairs: fc.constantFrom('ordered', 'unordered'),
        train_fraction: fc.constantFrom(0.3, 0.5, 1 / 3),
        split: fc.constantFrom('random', 'hash'),
        seed,
        label_noise: share,
      },
      { requiredKeys: ['N'] },
    ),
    loader: fc.record({ batch_size: fc.oneof(fc.constant('full' as const), width) }),
    model,
    train: fc.record(
      {
        lr: positive,
        weight_decay: positive,
        optimizer: fc.constantFrom('adamw', 'adam', 'sgd'),
        betas: fc.tuple(share, share),
        grad_clip_norm: fc.option(positive),
        stop_after_grok_steps: fc.option(width),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['name'] },
);

test('a resolved experiment written as YAML and read again is the same experiment', () => {
  fc.assert(
    fc.property(input, (given) => {
      const { experiment } = experimentFromObject(given);
      expect(parseExperiment(toYaml(experiment)).experiment).toEqual(experiment);
    }),
  );
});

test('the order of keys changes no meaning', () => {
  fc.assert(
    fc.property(input, (given) => {
      const reversed = Object.fromEntries(Object.entries(given).reverse()) as ExperimentInput;
      expect(meaningOf(experimentFromObject(reversed).experiment)).toEqual(
        meaningOf(experimentFromObject(given).experiment),
      );
    }),
  );
});

const json = (given: ExperimentInput) => JSON.stringify(meaningOf(experimentFromObject(given).experiment));

test('what changes no result is left out of the meaning', () => {
  const other: ExperimentInput = {
    name: 'another',
    loader: { num_workers: 8, pin_memory: true },
    train: { log_interval_steps: 7, checkpoint_every_steps: 7 },
  };
  expect(json(other)).toBe(json({ name: 'one' }));
});

test.each<ExperimentInput>([
  { seed: 1 },
  { dataset: { seed: 1 } },
  { loader: { batch_size: 512 } },
  { model: { type: 'transformer', norm: 'rms' } },
  { train: { total_steps: 2999 } },
  { train: { eval_every_steps: 10 } },
  { milestones: { grok_threshold: 0.9 } },
])('%j is part of the meaning', (given) => {
  expect(json(given)).not.toBe(json({}));
});
