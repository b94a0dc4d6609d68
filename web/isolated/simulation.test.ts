import { buildDataset } from 'grokscope';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { experimentFromObject } from '../../src/config/index.ts';
import { analyticTest } from '../../src/theory/isolated/analytic-test.ts';
import { observationRows } from '../../src/theory/isolated/tables.ts';
import { Gate } from '../worker/gate.ts';
import type { IsolatedReport } from './protocol.ts';
import { type OpenSimulation, openSimulation, runSimulation } from './simulation.ts';

/** Groks within 100 steps of an instant each. */
const { experiment } = experimentFromObject({
  dataset: { N: 17, op: 'add', pairs: 'unordered', train_fraction: 0.8 },
  model: { type: 'two_layer', hidden_dim: 192, input: 'sum', activation: 'relu' },
  train: { total_steps: 0, loss: 'mse' },
  analytic_dynamics: true,
  analytic_steps: 200,
  analytic_lr: 0.01,
});
const dataset = buildDataset(experiment);
let simulation: OpenSimulation;

beforeAll(async () => {
  simulation = await openSimulation(experiment, dataset, 1);
});

afterAll(async () => {
  await simulation.network.close();
  await simulation.step.close();
});

type Observed = Extract<IsolatedReport, { kind: 'observed' }>;
const isObserved = (report: IsolatedReport): report is Observed => report.kind === 'observed';

/** Every report of a simulation that nobody holds. */
async function reportsOf(): Promise<IsolatedReport[]> {
  const reports: IsolatedReport[] = [];
  const gate = new Gate({ playing: true, pace: Number.POSITIVE_INFINITY }, () => {});
  await runSimulation(simulation, { gate, report: (one) => reports.push(one), at: () => {} });
  return reports;
}

test('it observes what the analytic test of the command line observes, to the last bit, and judges it alike', async () => {
  const reports = await reportsOf();
  const { setting, step } = simulation;
  const wanted = await analyticTest(step, setting, { steps: 200, stepSize: 0.01 });
  const seen = reports.filter(isObserved).map(({ observation }) => observation);
  expect(observationRows(seen)).toEqual(observationRows(wanted?.record.observations ?? []));
  expect(reports.at(-1)).toEqual({ kind: 'finished', verdict: wanted?.verdict });
  expect(seen.at(-1)?.heldOut.accuracy).toBe(1);
});

test('the network that the panels look at is the simulated one: the same examples are right, and the norms are those of the layers', async () => {
  const reports = await reportsOf();
  for (const { observation, moment, rows, milestones } of reports.filter(isObserved)) {
    const shareOf = (examples: Int32Array) =>
      examples.reduce((sum, example) => sum + (moment.predictions?.[example] ?? 0), 0) / examples.length;
    expect(shareOf(dataset.split.train)).toBe(observation.train.accuracy);
    expect(shareOf(dataset.split.heldOut)).toBe(observation.heldOut.accuracy);
    expect(moment.embeddings?.[0]).toMatchObject({ name: 'W_1', rows: 17, columns: 192 });
    const [train, val] = rows;
    expect(train).toMatchObject({ split: 'train', step: observation.step, values: observation.train });
    expect(val).toMatchObject({ split: 'val', step: observation.step, values: observation.heldOut });
    expect(train?.values.weight_norm).toBeCloseTo(
      Math.hypot(observation.firstNorm, observation.lastNorm),
      12,
    );
    expect(train?.values.embedding_gini).toBeGreaterThanOrEqual(0);
    expect(milestones.memorized_step).toBe(0);
  }
});

test('paused, it shows the step it waits at; advanced, it goes to the next observation and waits there', async () => {
  const waits: number[] = [];
  let now = 0;
  let at = 0;
  const gate = new Gate({ playing: true, pace: Number.POSITIVE_INFINITY }, (waiting) => {
    if (!waiting) return;
    waits.push(at);
    // As a message of the page: not before it waits.
    setTimeout(() => (waits.length === 1 ? gate.advance() : gate.play()));
  });
  const reports: IsolatedReport[] = [];
  await runSimulation(simulation, {
    gate,
    report: (one) => reports.push(one),
    at: (step) => {
      at = step;
      if (step === 101) gate.pause();
    },
    clock: () => {
      now += 1;
      return now;
    },
  });
  expect(waits).toEqual([101, 102]);
  const shown = reports.flatMap((one) => ('moment' in one ? [one.moment.step] : []));
  expect(shown).toContain(101);
});

test('equations that no page can hold are refused before anything is made of them', async () => {
  const large = { ...experiment, dataset: { ...experiment.dataset, N: 211 } } as typeof experiment;
  await expect(openSimulation(large, buildDataset(large), 1)).rejects.toThrow(
    /^The equations of 17,893 train examples and 17,920 hidden units need \d+\.\d GB, .* analytic_dynamics=false\.$/,
  );
});

test('a layer that has to be wider for the limit is, and a sentence says so', async () => {
  const narrow = { ...experiment, model: { ...experiment.model, hidden_dim: 96 } } as typeof experiment;
  const { setting, notices, network, step } = await openSimulation(narrow, dataset, 1);
  expect(setting.problem.width).toBe(128);
  expect(notices).toEqual([
    'The simulation has 128 hidden units instead of 96: its limit λ → 0 needs more than the 122 train examples.',
  ]);
  await network.close();
  await step.close();
});
