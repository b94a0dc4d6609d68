import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainExperiment } from '../../cli/explain-plan/explanation.ts';
import { parseExperiment } from '../../config/index.ts';
import { earlyStop } from './early-stopping.ts';
import { costOf, sumOf } from './run-cost.ts';
import { meanStepFlops } from './step-flops.ts';

const rates = {
  flopsPerStep: 2e6,
  timing: [
    { step: 0, seconds: 0 },
    { step: 100, seconds: 4 },
    { step: 300, seconds: 6 },
  ],
  energy: { watts: 24 },
};

test('steps, FLOPs, seconds between the times that were taken, and energy from power', () => {
  expect(costOf(200, rates)).toEqual({ steps: 200, flops: 4e8, seconds: 5, joules: 120 });
  expect(costOf(50, rates).seconds).toBe(2);
  expect(costOf(0, rates)).toEqual({ steps: 0, flops: 0, seconds: 0, joules: 0 });
  expect(costOf(300, rates).seconds).toBe(6);
  expect(costOf(600, rates).seconds).toBe(12); // at its mean rate
});

test('energy from FLOPs needs no times; energy from power does', () => {
  const untimed = { ...rates, timing: [] };
  expect(costOf(10, { ...untimed, energy: { joulesPerFlop: 1e-9 } })).toEqual({
    steps: 10,
    flops: 2e7,
    seconds: null,
    joules: 0.02,
  });
  expect(costOf(10, untimed).joules).toBeNull();
  expect(sumOf([costOf(10, untimed), costOf(10, rates)])).toEqual({
    steps: 20,
    flops: 4e7,
    seconds: null,
    joules: null,
  });
  expect(sumOf([costOf(100, rates), costOf(200, rates)])).toEqual({
    steps: 300,
    flops: 6e8,
    seconds: 9,
    joules: 216,
  });
});

test('cost never falls with steps', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(1000), (a, b) => {
      const [less, more] = [costOf(Math.min(a, b), rates), costOf(Math.max(a, b), rates)];
      expect(more.seconds).toBeGreaterThanOrEqual(less.seconds as number);
    }),
  );
});

const watched = (values: readonly number[]) => values.map((value, i) => ({ step: 20 * i, value }));

test('training is stopped after so many evaluations without a new best', () => {
  const losses = watched([3, 2, 2.5, 2.4, 2.1, 1]);
  expect(earlyStop(losses, { better: 'lower', patience: 3 })).toEqual({ step: 80, bestStep: 20 });
  expect(earlyStop(losses, { better: 'lower', patience: 4 })).toBeNull();
  const accuracies = watched([0.1, 0.1, 0.1, 0.9]);
  expect(earlyStop(accuracies, { better: 'higher', patience: 2 })).toEqual({ step: 40, bestStep: 0 });
});

test('a value that is no number is no best, and nothing can be stopped before a first one', () => {
  const nan = Number.NaN;
  expect(earlyStop(watched([nan, nan, nan]), { better: 'lower', patience: 1 })).toBeNull();
  expect(earlyStop(watched([2, nan, nan, 1]), { better: 'lower', patience: 2 })).toEqual({
    step: 40,
    bestStep: 0,
  });
  expect(earlyStop([], { better: 'lower', patience: 1 })).toBeNull();
});

test('a stopped training saw no better value in its last evaluations, and stops later with more patience', () => {
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 6 }), (list, patience) => {
      const evaluations = watched(list);
      const stop = earlyStop(evaluations, { better: 'lower', patience });
      if (stop === null) return;
      expect((stop.step - stop.bestStep) / 20).toBe(patience);
      const seen = evaluations.filter(({ step }) => step <= stop.step).map(({ value }) => value);
      expect(list[stop.bestStep / 20]).toBe(Math.min(...seen));
      const later = earlyStop(evaluations, { better: 'lower', patience: patience + 1 });
      if (later !== null) expect(later.step).toBeGreaterThan(stop.step);
    }),
  );
});

test('FLOPs of a step are those that explain-plan counts, with the penalty that runs before it', () => {
  const { experiment } = parseExperiment(`
dataset: {N: 7, train_fraction: 0.5}
model: {type: embedding_mlp, embed_dim: 6, hidden_dim: 10}
laplacian_penalty: {compute: true, alpha: 0.1}`);
  const { program, penalty } = explainExperiment(experiment);
  expect(meanStepFlops(experiment)).toBe(program.flops + (penalty?.program.flops as number));
  const logged = { ...experiment, laplacian_penalty: { ...experiment.laplacian_penalty, alpha: 0 } };
  expect(meanStepFlops(logged)).toBe(explainExperiment(logged).program.flops);
});

test('a shorter last batch counts for what it is', () => {
  const of = (batch: string) =>
    meanStepFlops(
      parseExperiment(`
dataset: {N: 7, train_fraction: 0.5}
loader: {batch_size: ${batch}}
model: {type: two_layer, hidden_dim: 10}`).experiment,
    );
  // 25 train examples in three steps, whether 10 + 10 + 5 or 12 + 12 + 1.
  expect(of('10')).toBeCloseTo(of('12'), 6);
  expect(of('10')).toBeGreaterThan(of('5'));
  expect(of('10')).toBeLessThan(of('full'));
  expect(of('25')).toBe(of('full'));
});
