import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import type { LabRun } from '../run/lab-run.ts';
import type { Moment, NeuronTable } from '../run/moment.ts';
import { neuronFigure, neuronHeight, tunedCounts } from './neuron-figure.ts';
import { medianShare, neuronSentence } from './neuron-panel.ts';

const table = (
  pairs: readonly (readonly [frequency: number, share: number])[],
  width = pairs.length,
): NeuronTable => ({
  order: 11,
  width,
  frequency: Uint16Array.from(pairs, ([k]) => k),
  share: Float32Array.from(pairs, ([, share]) => share),
});
const trained = table([
  [3, 0.9],
  [3, 0.6],
  [5, 0.8],
  [1, 0.3],
  [0, 0],
]);
const runWith = (...moments: Moment[]) => ({ moments: signal(moments) }) as Partial<LabRun> as LabRun;

test('neurons are counted by frequency and by how sharply they are tuned; a constant one has no frequency', () => {
  expect(tunedCounts(trained)).toEqual([
    [0, 0, 1, 0],
    [0, 0, 0, 0],
    [1, 1, 0, 0],
    [0, 0, 0, 0],
    [1, 0, 0, 0],
  ]);
});

test('the sentence says how many are sharply tuned, to how many frequencies, and what they were untrained', () => {
  const untrained = { step: 0, neurons: table([[2, 0.1]], 900) };
  expect(neuronSentence(runWith(untrained), { step: 1500, neurons: trained })).toBe(
    'At step 1,500 there are 2 neurons, of the 5, with three quarters of their power in one frequency (2 different ones); the median share is 60% (untrained: 10%).',
  );
  expect(neuronSentence(runWith(untrained), untrained)).toContain(
    'there are no neurons, of the first 1 of 900, with three quarters of their power in one frequency; the median',
  );
  expect(neuronSentence(runWith(), { step: 3, neurons: table([[1, Number.NaN]]) })).toContain('diverged');
  expect(medianShare(table([[1, 0.2]]))).toBeCloseTo(0.2, 6);
});

test('the picture is as high as the room kept for it, and says its tallest bars in words', () => {
  for (const width of [300, 480, 720, 1000]) {
    const svg = neuronFigure(trained, 10, { width });
    expect(svg).toContain(` height="${neuronHeight(width)}"`);
    expect(svg).toContain('3: 2, 1 of them with 75% or more; 1: 1, 0 of them');
  }
});
