import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeVersionProblem, OLDEST_NODE } from './node-version.ts';

test('the oldest Node is the one that package.json names', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(manifest.engines.node).toBe(`>=${OLDEST_NODE.major}.${OLDEST_NODE.minor}`);
});

test('Node 20.19 and everything newer will do', () => {
  for (const version of [
    'v20.19.0',
    '20.20.2',
    'v21.0.0',
    'v22.0.0',
    'v24.1.0',
    'v25.0.0-nightly20260101abcdef',
  ]) {
    expect(nodeVersionProblem(version)).toBeUndefined();
  }
});

test('an older Node gets one sentence that says what is needed, what it is and what to do', () => {
  const sentence = nodeVersionProblem('v18.20.4');
  expect(sentence).toMatch(/needs Node\.js 20\.19 or newer, but this is 18\.20\.4: install/);
  expect(sentence).not.toContain('\n');
});

test('versions are compared as numbers: 20.2 is older than 20.19, 9.99 than 20.0', () => {
  expect(nodeVersionProblem('v20.2.0')).toBeDefined();
  expect(nodeVersionProblem('v20.18.99')).toBeDefined();
  expect(nodeVersionProblem('v9.99.0')).toBeDefined();
  expect(nodeVersionProblem('v100.0.0')).toBeUndefined();
});

test('whoever will do still will when newer', () => {
  const version = fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40));
  fc.assert(
    fc.property(version, ([major, minor, patch]) => {
      fc.pre(nodeVersionProblem(`v${major}.${minor}.${patch}`) === undefined);
      expect(nodeVersionProblem(`v${major}.${minor + 1}.0`)).toBeUndefined();
      expect(nodeVersionProblem(`v${major + 1}.0.0`)).toBeUndefined();
    }),
  );
});

test('a version that is no Node version is let through', () => {
  expect(nodeVersionProblem('bun')).toBeUndefined();
});
