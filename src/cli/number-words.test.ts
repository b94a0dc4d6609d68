import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bytesText,
  clockText,
  countText,
  durationText,
  lossText,
  rateText,
  shareText,
} from './number-words.ts';

test('bytes in the unit that fits', () => {
  expect([500, 999_499, 999_500, 25_600_000, 999_500_000, 8.59e9].map(bytesText)).toEqual([
    '1 kB',
    '1000 kB',
    '1 MB',
    '26 MB',
    '1.0 GB',
    '8.6 GB',
  ]);
});

test('times left as on a clock, and unknown ones as such', () => {
  expect([0, 7.4, 59.6, 754, 11_045].map(clockText)).toEqual(['0:00', '0:07', '1:00', '12:34', '3:04:05']);
  expect([Number.NaN, Number.POSITIVE_INFINITY, -1].map(clockText)).toEqual(['–', '–', '–']);
});

test('durations in words', () => {
  expect([3.21, 59.9, 59.96, 125, 3600, 7500].map(durationText)).toEqual([
    '3.2 s',
    '59.9 s',
    '1 min 0 s',
    '2 min 5 s',
    '1 h 0 min',
    '2 h 5 min',
  ]);
});

test('rates keep three digits', () => {
  expect([1234.5, 100, 99.94, 9.994, 0.5, Number.NaN].map(rateText)).toEqual([
    '1235',
    '100',
    '99.9',
    '9.99',
    '0.50',
    '–',
  ]);
});

test('only all is 100 % and only none is 0 %', () => {
  expect([0, 1, 0.5, 0.99999, 0.00001, undefined].map(shareText)).toEqual([
    '0.0 %',
    '100.0 %',
    '50.0 %',
    '99.9 %',
    '0.1 %',
    '–',
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999 }), (part) => {
      expect(['0.0 %', '100.0 %']).not.toContain(shareText(part / 1e6));
    }),
  );
});

test('losses keep three digits and never more than eight characters', () => {
  expect([0.012345, 1.23456e-7, 12_345, 0, 1, Number.NaN].map(lossText)).toEqual([
    '0.0123',
    '1.23e-7',
    '1.23e+4',
    '0',
    '1',
    'NaN',
  ]);
});

test('counts with thousands set apart', () => {
  expect([0, 999, 1000, 1_234_567].map(countText)).toEqual(['0', '999', '1,000', '1,234,567']);
});
