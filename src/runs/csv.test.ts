import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatNumber, parseNumber, splitCells, splitLines } from './csv.ts';

test('every f64 comes back as it was', () => {
  fc.assert(
    fc.property(fc.double(), (value) => {
      expect(parseNumber(formatNumber(value))).toBe(value);
    }),
  );
});

test.each([
  [0.1, '0.1'],
  [Math.fround(0.1), '0.10000000149011612'],
  [1e21, '1e+21'],
  [1e-7, '1e-7'],
  [-0, '-0'],
  [Number.NaN, 'nan'],
  [Number.POSITIVE_INFINITY, 'inf'],
  [Number.NEGATIVE_INFINITY, '-inf'],
])('%f is written %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test.each([
  ['NaN', Number.NaN],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['+inf', Number.POSITIVE_INFINITY],
  [' 1.50E+02 ', 150],
  ['.5', 0.5],
  ['5.', 5],
])('%s, as other programs write numbers, is read', (text, value) => {
  expect(parseNumber(text)).toBe(value);
});

test.each(['', 'abc', '0x10', '1,5', '1e', '--1', '1 2', 'true'])("'%s' is no number", (text) => {
  expect(parseNumber(text)).toBeUndefined();
});

test('cells in quotes may hold commas and quotes', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', ' ') });
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
      const line = cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(',');
      expect(splitCells(line)).toEqual(cells);
    }),
  );
  expect(splitCells('a,,"b,c",')).toEqual(['a', '', 'b,c', '']);
});

test('lines may end as on Windows and the text begin with a byte order mark', () => {
  expect(splitLines('\uFEFFa\r\nb\nc')).toEqual({ lines: ['a', 'b'], tail: 'c' });
  expect(splitLines('')).toEqual({ lines: [], tail: '' });
});
