import fc from 'fast-check';
import pc from 'picocolors';
import { expect, test } from 'vitest';
import { liveLine, type Progress, plainLine } from './progress.ts';

const colorless = pc.createColors(false);
const colored = pc.createColors(true);
const metrics = {
  train: { loss: 0.0123456, accuracy: 1 },
  val: { loss: 2, accuracy: 0.5234 },
};
const progress: Progress = { step: 1234, totalSteps: 3000, rate: 56.78, metrics };

const line = (columns: number) => liveLine(progress, columns, colorless, false);
const colorCode = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
const withoutColor = (text: string) => text.replace(colorCode, '');

test('80 columns hold everything', () => {
  expect(line(80)).toBe('1,234/3,000  train 100.0 %  held-out  52.3 %  loss 0.0123   56.8/s  0:31 left');
});

test('wide terminals get a bar as well, of ASCII where nothing else is safe', () => {
  expect(line(120)).toMatch(/^1,234\/3,000 {2}━{10}─{14} {2}train 100\.0 %/);
  expect(liveLine(progress, 120, colorless, true)).toMatch(/^[ -~]*#{10}\.{14}[ -~]*$/);
});

test('narrow ones lose what matters least first; the step stays', () => {
  expect(line(76)).toMatch(/train.*held-out.*loss.*left$/);
  expect(line(60)).toMatch(/train.*held-out.*left$/);
  expect(line(50)).toMatch(/train.*held-out/);
  expect(line(32)).toMatch(/held-out {2}52\.3 %$/);
  expect(line(14)).toBe('1,234/3,000');
  expect(line(6)).toBe('1,234');
});

const anyProgress = fc.record({
  step: fc.nat(3_000_000),
  totalSteps: fc.nat(3_000_000),
  rate: fc.double({ min: 0, max: 1e6 }),
  metrics: fc.option(
    fc.record({
      train: fc.record({ loss: fc.double(), accuracy: fc.double({ min: 0, max: 1 }) }),
      val: fc.record({ loss: fc.double(), accuracy: fc.double({ min: 0, max: 1 }) }),
    }),
    { nil: undefined },
  ),
});

test('no terminal ever wraps the line, and colour takes no room', () => {
  fc.assert(
    fc.property(anyProgress, fc.integer({ min: 1, max: 200 }), fc.boolean(), (any, columns, ascii) => {
      const bare = liveLine(any, columns, colorless, ascii);
      expect(bare.length).toBeLessThanOrEqual(columns - 1);
      expect(bare).not.toMatch(/[\n\r]/);
      expect(withoutColor(liveLine(any, columns, colored, ascii))).toBe(bare);
    }),
  );
});

test('the fields stand still while the numbers change', () => {
  const early = liveLine({ ...progress, step: 9 }, 80, colorless, false);
  expect(early.indexOf('train')).toBe(line(80).indexOf('train'));
  const unknown = { step: 0, totalSteps: 3000, rate: Number.NaN, metrics: undefined };
  expect(liveLine(unknown, 80, colorless, false).indexOf('held-out')).toBe(line(80).indexOf('held-out'));
});

test('the held-out examples beside a validation set are the test split', () => {
  const withTest = { ...metrics, test: { loss: 2, accuracy: 0.25 } };
  expect(liveLine({ ...progress, metrics: withTest }, 80, colorless, false)).toContain('held-out  25.0 %');
});

test('a pipe gets whole lines of what is known', () => {
  expect(plainLine(progress)).toBe(
    'step 1234/3000  train 100.0 %  held-out 52.3 %  loss 0.0123  56.8 steps/s  0:31 left',
  );
  expect(plainLine({ ...progress, rate: Number.NaN })).toBe(
    'step 1234/3000  train 100.0 %  held-out 52.3 %  loss 0.0123',
  );
});
