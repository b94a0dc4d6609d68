import { expect, test } from 'vitest';
import { loadExperiment } from './load.ts';
import { listPresets } from './presets.ts';

const presets = listPresets();

test('the everyday example and the fastest run are among the presets', () => {
  expect(presets.map((preset) => preset.name)).toEqual(expect.arrayContaining(['modular-addition', 'r1']));
});

test.each(presets)(
  '$name loads without a notice and says what will be seen and how long it takes',
  (preset) => {
    const { experiment, notices } = loadExperiment(preset.file);
    expect(experiment.name).toBe(preset.name);
    expect(notices).toEqual([]);
    expect(preset.description).toMatch(/^[A-Z].*\.$/);
    expect(preset.takes).not.toBe('');
  },
);
