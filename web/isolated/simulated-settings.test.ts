import { expect, test } from 'vitest';
import { readSettings } from '../settings/written-settings.ts';
import { isSimulated, simulationNotices } from './simulated-settings.ts';

const read = (preset: string, ...overrides: string[]) => readSettings({ preset, overrides }).experiment;

test('the preset is simulated, and nothing has to be said of it', () => {
  expect(isSimulated(read('isolated-dynamics'))).toBe(true);
  expect(simulationNotices(read('isolated-dynamics'))).toEqual([]);
});

test('a network that the command line would train besides is simulated, and a sentence says how to train it', () => {
  const both = read('r1', 'analytic_dynamics=true');
  expect(isSimulated(both)).toBe(true);
  expect(simulationNotices(both)).toEqual([expect.stringContaining('analytic_dynamics=false')]);
  expect(isSimulated(read('r1'))).toBe(false);
  expect(simulationNotices(read('r1'))).toEqual([]);
});

test.each([['modular-addition'], ['r5'], ['r1', 'model.activation=gelu']])(
  'what has no isolated dynamics of its own is trained, and a sentence says why (%s %s)',
  (preset, ...more) => {
    const experiment = read(preset, 'analytic_dynamics=true', ...more);
    expect(isSimulated(experiment)).toBe(false);
    expect(simulationNotices(experiment)).toEqual([expect.stringContaining('two_layer')]);
  },
);
