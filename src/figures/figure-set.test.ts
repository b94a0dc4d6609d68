import { expect, test } from 'vitest';
import {
  everySteps,
  simulatedPlane,
  simulatedRun,
  simulatedSpectrum,
} from '../../test/figures/simulated-run.ts';
import { figureSet } from './figure-set.ts';

const run = (name: string, spectral = false) =>
  simulatedRun({ name, steps: everySteps(10, 500), memorized: 40, grokked: 200, spectral });

test('a run has a figure for every kind of column it has, and all runs together one of times', () => {
  expect([...figureSet([run('R1'), run('P53', true)], { xscale: 'linear' }).keys()]).toEqual([
    'R1_loss_linear.svg',
    'R1_accuracy_linear.svg',
    'P53_loss_linear.svg',
    'P53_accuracy_linear.svg',
    'P53_spectral_linear.svg',
    'time_to_generalization.svg',
  ]);
});

test('spectra and planes that are given have figures of their steps', () => {
  const power = simulatedSpectrum(5, [1], 0.1);
  const spectra = [
    { step: 0, power },
    { step: 1_000_000, power },
  ];
  const planes = [{ step: 500, planes: [simulatedPlane(5, 1, 1, 1, 0)] }];
  const files = [...figureSet([{ ...run('R1'), spectra, planes }]).keys()];
  expect(files.slice(2, 5)).toEqual([
    'R1_spectrum_step000000.svg',
    'R1_spectrum_step1000000.svg',
    'R1_embedding_step000500.svg',
  ]);
});

test('names become file names, different ones for different runs', () => {
  const files = [...figureSet([run('seed 1/a'), run('seed 1:a'), run('SEED 1/A'), run('..')]).keys()];
  expect(files.filter((file) => file.includes('_loss_'))).toEqual([
    'seed-1-a_loss_log.svg',
    'seed-1-a-2_loss_log.svg',
    'SEED-1-A-3_loss_log.svg',
    'run_loss_log.svg',
  ]);
});

test('a run without accuracies has no place among the times', () => {
  const rows = [0, 1, 2].map((step) => ({ step, split: 'train', values: { loss: 1 / (step + 1) } }));
  expect([...figureSet([{ name: 'losses', rows }]).keys()]).toEqual(['losses_loss_log.svg']);
  expect(figureSet([]).size).toBe(0);
});
