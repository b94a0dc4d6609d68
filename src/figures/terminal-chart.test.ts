import fc from 'fast-check';
import { expect, test } from 'vitest';
import { everySteps, simulatedRun } from '../../test/figures/simulated-run.ts';
import { accuracyCurvesOf } from '../training/summary.ts';
import { terminalChart } from './terminal-chart.ts';

const grokking = accuracyCurvesOf(
  simulatedRun({ name: 'run', steps: everySteps(20, 20_000), memorized: 140, grokked: 9000 }).rows,
);
const ESCAPE = '\u001b';

test('the chart keeps to its width and height', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 32, max: 160 }),
      fc.integer({ min: 4, max: 30 }),
      fc.constantFrom('linear' as const, 'log' as const),
      fc.boolean(),
      (width, height, xscale, ascii) => {
        const lines = terminalChart(grokking, { width, height, xscale, ascii }).split('\n');
        // Legend, the names of two marks in one row or two, the plot, and two lines of axis.
        expect(lines.length).toBeGreaterThanOrEqual(height + 4);
        expect(lines.length).toBeLessThanOrEqual(height + 5);
        for (const line of lines.slice(1)) expect([...line].length).toBeLessThanOrEqual(width);
        for (const line of lines) expect(line).toBe(line.trimEnd());
      },
    ),
    { numRuns: 40 },
  );
});

test('the plain fallback is ASCII, and without colour there are no escapes', () => {
  expect(terminalChart(grokking, { ascii: true })).toMatch(/^[\n -~]*$/);
  expect(terminalChart(grokking)).not.toContain(ESCAPE);
});

test('colour changes nothing but colour and the texture of the train curve', () => {
  const colored = terminalChart(grokking, { color: true, ascii: true });
  expect(colored).toContain(`${ESCAPE}[34m`);
  expect(colored.replaceAll(new RegExp(`${ESCAPE}\\[\\d+m`, 'g'), '')).toBe(
    terminalChart(grokking, { ascii: true }),
  );
});

test('train accuracy climbs before held-out accuracy', () => {
  const top =
    terminalChart(grokking, { ascii: true })
      .split('\n')
      .find((line) => line.startsWith('100%')) ?? '';
  expect(top.indexOf('.')).toBeGreaterThan(0);
  expect(top.indexOf('o')).toBeGreaterThan(top.indexOf('.'));
});

test('the milestones are named', () => {
  const chart = terminalChart(grokking);
  expect(chart).toMatch(/memorised \d+/);
  expect(chart).toMatch(/grokked [\d,]+/);
});

test('before the first evaluation it says so', () => {
  expect(terminalChart({ train: [], val: [] })).toBe('accuracy: nothing evaluated yet');
});
