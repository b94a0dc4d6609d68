import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, configDifferences, runId } from './run-id.ts';

test('canonical JSON means the same and does not depend on the order of keys', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (config) => {
      const reversed = Object.fromEntries(Object.entries(config).reverse());
      expect(canonicalJson(reversed)).toBe(canonicalJson(config));
      expect(JSON.parse(canonicalJson(config))).toEqual(config);
    }),
  );
});

test('the id is the SHA-256 of the text `{"a":{"b":0.1,"c":[1,null]},"z":"ü"}`, a line feed and `1`', () => {
  // printf '{"a":{"b":0.1,"c":[1,null]},"z":"ü"}\n1' | sha256sum
  expect(runId({ z: 'ü', a: { c: [1, null], b: 0.1 }, absent: undefined }, '1')).toBe(
    '4a5377a5a8f60fad014c93a7667b413cb47bcbc0322d3ef9fcb4733535f84fbc',
  );
});

test('another value, key or numeric version is another run', () => {
  const ids = [
    runId({ train: { lr: 1 } }, '1'),
    runId({ train: { lr: 2 } }, '1'),
    runId({ train: { lr: '1' } }, '1'),
    runId({ lr: 1 }, '1'),
    runId({ train: { lr: 1 } }, '2'),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test('differences are named by their path', () => {
  const there = { seed: 0, train: { lr: 0.1, betas: [0.9, 0.98], ema: { use: false } }, old: 1 };
  const here = { seed: 0, train: { lr: 0.2, betas: [0.9, 0.999], ema: { use: false } }, fresh: 'x' };
  expect(configDifferences(there, here)).toEqual([
    { key: 'train.lr', there: '0.1', here: '0.2' },
    { key: 'train.betas', there: '[0.9,0.98]', here: '[0.9,0.999]' },
    { key: 'fresh', there: undefined, here: '"x"' },
    { key: 'old', there: '1', here: undefined },
  ]);
});

test('configurations differ exactly when their ids do', () => {
  const config = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue({ maxDepth: 1 }));
  fc.assert(
    fc.property(config, config, (a, b) => {
      expect(configDifferences(a, b).length === 0).toBe(runId(a, '1') === runId(b, '1'));
      expect(configDifferences(a, { ...a })).toEqual([]);
    }),
  );
});
