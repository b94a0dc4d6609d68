import { Machine } from 'grokscope';
import { expect, test } from 'vitest';
import { experimentFromObject } from '../../src/config/index.ts';
import { randomLabelsNull } from '../../src/measures/nulls.ts';
import { measuredOnRandomLabels, onRandomLabels } from './measured-on-random-labels.ts';
import { RandomLabelsNull } from './random-labels-null.ts';
import type { RandomLabelsReport } from './random-labels-protocol.ts';

const { experiment } = experimentFromObject({
  dataset: { N: 7 },
  model: { type: 'two_layer', hidden_dim: 16 },
  train: { total_steps: 200, eval_every_steps: 2, loss: 'mse', lr: 0.03 },
});

test('what is measured on the way ends in the null that the command line prints, bit for bit', async () => {
  const points = [];
  for await (const point of measuredOnRandomLabels(experiment, 100, await Machine.open())) points.push(point);
  const steps = points.map(({ step }) => step);
  expect(steps[0]).toBe(0);
  expect(steps.at(-1)).toBe(100);
  expect(steps.length).toBeLessThanOrEqual(41);
  expect([...steps].sort((a, b) => a - b)).toEqual(steps);
  const names = ['spectrum', 'embedding', 'neighbours'] as const;
  expect(points.at(-1)?.values).toEqual(await randomLabelsNull(experiment, names, 100, await Machine.open()));
});

test('labels alone differ from the run that is compared, and what it measures', () => {
  const { dataset, spectral, measures, ...others } = onRandomLabels(experiment);
  expect(dataset).toEqual({ ...experiment.dataset, label_noise: 1 });
  expect({ ...experiment, ...others }).toEqual(experiment);
  expect([spectral.compute, measures]).toEqual([false, []]);
});

function withWorker() {
  let tell: (event: { data: RandomLabelsReport }) => void = () => {};
  let isEnded = false;
  const null_ = new RandomLabelsNull(experiment, 100, {
    postMessage: () => {},
    addEventListener: (kind: string, listener: unknown) => {
      if (kind === 'message') tell = listener as typeof tell;
    },
    terminate: () => {
      isEnded = true;
    },
  });
  return { null_, report: (data: RandomLabelsReport) => tell({ data }), isEnded: () => isEnded };
}

test('curves grow as they are measured, and the worker is ended when all is', () => {
  const { null_, report, isEnded } = withWorker();
  report({ kind: 'null-measured', step: 0, values: { diagonal_share: 0.1 } });
  report({ kind: 'null-measured', step: 50, values: { diagonal_share: 0.2, knn_energy: undefined } });
  expect(null_.series('diagonal_share')).toEqual({ steps: [0, 50], values: [0.1, 0.2] });
  expect(null_.series('knn_energy').steps).toEqual([]);
  expect(isEnded()).toBe(false);
  report({ kind: 'null-done' });
  expect(null_.status.value).toEqual({ kind: 'done', step: 50 });
  expect(isEnded()).toBe(true);
});

test('stopped or failed it keeps what was measured, and hears nothing more', () => {
  const { null_, report, isEnded } = withWorker();
  report({ kind: 'null-measured', step: 10, values: { diagonal_share: 0.1 } });
  null_.stop();
  expect(isEnded()).toBe(true);
  report({ kind: 'null-measured', step: 20, values: { diagonal_share: 0.2 } });
  expect(null_.status.value).toEqual({ kind: 'done', step: 10 });
  expect(null_.series('diagonal_share').values).toEqual([0.1]);
  const other = withWorker();
  other.report({ kind: 'null-failed', sentence: 'No memory.' });
  expect(other.null_.status.value).toEqual({ kind: 'failed', sentence: 'No memory.' });
});
