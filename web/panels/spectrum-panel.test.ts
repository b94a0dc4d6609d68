import { expect, test } from 'vitest';
import { diagonalOf, spectrumSentence } from './spectrum-panel.ts';

const p = 7;
/** Power 1 everywhere but `high` where `on` says so. */
const power = (on: (i: number, j: number) => boolean, high: number) =>
  Array.from({ length: p }, (_, i) => Array.from({ length: p }, (_, j) => (on(i, j) ? high : 1)));

test('the share of noise on either diagonal is the null that the sentence names', () => {
  const noise = power(() => false, 1);
  for (const diagonal of ['main', 'anti'] as const) {
    expect(spectrumSentence(noise, diagonal, 10)).toContain(
      'holds 12.5% of the power without mode (0, 0); of noise it would hold 12.5%',
    );
  }
});

test('a function of a − b lies on the other diagonal', () => {
  const difference = power((i, j) => i !== 0 && (i + j) % p === 0, 1e9);
  expect(spectrumSentence(difference, 'anti', 0)).toMatch(/functions of a − b alone, holds (100|>99.9)%/);
  expect(spectrumSentence(difference, 'main', 0)).toContain('holds 0%');
});

test('what has no power, or diverged, is said', () => {
  expect(
    spectrumSentence(
      power(() => true, 0),
      'main',
      1,
    ),
  ).toContain('the same for all inputs');
  expect(
    spectrumSentence(
      power(() => true, Number.NaN),
      'main',
      1,
    ),
  ).toContain('diverged');
});

test('the diagonal belongs to the operation; tasks without a torus have none', () => {
  expect(diagonalOf({ task: 'modular', dataset: { op: 'add' } })).toBe('main');
  expect(diagonalOf({ task: 'modular', dataset: { op: 'sub' } })).toBe('anti');
  expect(diagonalOf({ task: 'modular', dataset: { op: 'mul' } })).toBe('none');
  expect(diagonalOf({ task: 'group', dataset: { group: 'S5' } })).toBeUndefined();
  expect(diagonalOf({ task: 'parity', dataset: {} })).toBeUndefined();
});
