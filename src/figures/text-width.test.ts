import { expect, test } from 'vitest';
import { fitted, textWidth } from './text-width.ts';
import { wrapped } from './wrapped-text.ts';

test('the estimate is not below what DejaVu Sans takes', () => {
  // Advance widths of DejaVu Sans 2.37 in units of 1/2048 em.
  const advances: Record<string, number> = {
    held: 1298 + 1260 + 569 + 1300,
    '100%': 3 * 1303 + 1946,
    W: 2025,
    'a b': 1255 + 651 + 1300,
  };
  for (const [word, units] of Object.entries(advances)) {
    expect(textWidth(word, 12), word).toBeGreaterThanOrEqual(((units * 12) / 2048) * 0.98);
  }
});

test('text that fits stays, longer text ends in an ellipsis within its room', () => {
  expect(fitted('R1', 100, 12)).toBe('R1');
  const short = fitted('a name that is much too long', 100, 12);
  expect(short).toMatch(/^a name.*…$/);
  expect(textWidth(short, 12)).toBeLessThanOrEqual(100);
});

test('wrapped lines hold all words in order, each line within its room', () => {
  const sentence = 'Steps until train accuracy reached 99% and held-out accuracy 95%';
  const lines = wrapped(sentence, 120, 12);
  expect(lines.join(' ')).toBe(sentence);
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(120);
});
