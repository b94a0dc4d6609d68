import { expect, test } from 'vitest';
import { type AccuracyPoint, findMilestones } from '../training/milestones.ts';
import { timeToGeneralization } from './time-to-generalization.ts';

const curve = (...accuracies: number[]): AccuracyPoint[] =>
  accuracies.map((accuracy, i) => ({ step: 10 ** i, accuracy }));
const run = (name: string, ...heldOut: number[]) => ({
  name,
  milestones: findMilestones({ train: curve(0, 1, 1, 1, 1, 1), val: curve(...heldOut) }),
});

test('without runs there is no figure', () => {
  expect(timeToGeneralization([])).toBeNull();
});

test('a run that grokked has its delay as a bar and in steps', () => {
  const svg = timeToGeneralization([run('fast', 0, 0, 1, 1, 1, 1)]) ?? '';
  expect(svg).toContain('>90</text>');
  const [, bar0, bar1] =
    /<path d="M([\d.]+),[\d.]+L([\d.]+),[\d.]+" class="stroke-memorized"/.exec(svg) ?? [];
  const dots = [...svg.matchAll(/<circle cx="([\d.]+)"[^>]+class="(?:stroke-memorized|fill-grokked)"/g)].map(
    ([, x]) => x,
  );
  expect(dots.slice(-2)).toEqual([bar0, bar1]);
});

test('a censored run is an open arrow, and its delay the bound that the run proves', () => {
  const censored = timeToGeneralization([run('slow', 0, 0, 0, 0, 0, 0)]) ?? '';
  expect(censored).toContain('not yet when the run ended');
  expect(censored).toContain('&gt;99,990<');
  expect(censored).not.toContain('fill-grokked');
  // Above the threshold at the last two evaluations of three: it may have grokked at 10,000.
  expect(timeToGeneralization([run('late', 0, 0, 0, 0, 1, 1)])).toContain('≥9,990<');
});

test('a first crossing apart from grokking has its own symbol', () => {
  const wavering = run('wavering', 0, 1, 0, 1, 1, 1);
  expect(timeToGeneralization([wavering])).toContain('first crossing');
  expect(timeToGeneralization([run('steady', 0, 0, 0, 1, 1, 1)])).not.toContain('first crossing');
});

test('every run is named once in its row and told in the description', () => {
  const svg =
    timeToGeneralization(
      ['a', 'b', 'c'].map((name) => run(name, 0, 0, 0, 1, 1, 1)),
      { width: 360 },
    ) ?? '';
  for (const name of ['a', 'b', 'c']) expect(svg.match(new RegExp(`>${name}</text>`, 'g'))).toHaveLength(1);
  expect(svg).toContain('a: Memorised at step 10; grokked at step 1,000, a delay of 990 steps.');
});
