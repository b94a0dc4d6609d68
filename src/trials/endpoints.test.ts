import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MetricsRow } from '../training/summary.ts';
import { endpointValues, type ObservedRun } from './endpoints.ts';
import type { EndpointValue } from './results.ts';
import { smallCurve } from './run-result.ts';
import type { Endpoint, RunEvent } from './trial.ts';

const milestones = { memorizeThreshold: 0.9, grokThreshold: 0.9, grokPatience: 2 };

/** Train accuracy, held-out accuracy and a column `x` at steps 0, 10, 20, … */
function run(
  train: readonly number[],
  val: readonly number[],
  x: readonly (number | undefined)[] = [],
  more: Partial<ObservedRun> = {},
): ObservedRun {
  const rows = train.flatMap((accuracy, i): MetricsRow[] => [
    { step: 10 * i, split: 'train', values: { accuracy, x: x[i] } },
    { step: 10 * i, split: 'val', values: { accuracy: val[i], x: x[i] === undefined ? undefined : -x[i] } },
  ]);
  return { rows, milestones, budget: 10 * (train.length - 1), diverged: false, ...more };
}

function reading(endpoint: Endpoint, observed: ObservedRun): [number | null, boolean] {
  const { value, observed: seen }: EndpointValue = endpointValues({ it: endpoint }, observed).it;
  return [value, seen];
}

const time = (event: RunEvent, after: RunEvent | null = null): Endpoint => ({ kind: 'time', event, after });
const [memorized, grokked]: RunEvent[] = [{ milestone: 'memorized' }, { milestone: 'grokked' }];
const groks = run([0.1, 0.95, 1, 1, 1, 1], [0, 0.1, 0.92, 0.2, 0.95, 1]);
const never = run([0.1, 0.95, 1, 1, 1, 1], [0, 0.1, 0.1, 0.2, 0.3, 0.95]);

test('times of milestones are those of the milestones, or censored at the end', () => {
  expect(reading(time(memorized), groks)).toEqual([10, true]);
  expect(reading(time(grokked), groks)).toEqual([40, true]);
  expect(reading(time({ milestone: 'first_crossing' }), groks)).toEqual([20, true]);
  expect(reading(time(grokked), never)).toEqual([50, false]);
});

test('a time counts from the event it comes after; a wait that never began is missing', () => {
  expect(reading(time(grokked, memorized), groks)).toEqual([30, true]);
  expect(reading(time(grokked, memorized), never)).toEqual([40, false]);
  expect(reading(time(memorized, grokked), groks)).toEqual([0, true]);
  expect(reading(time(memorized, grokked), never)).toEqual([0, true]);
  expect(reading(time(grokked, memorized), run([0, 0, 0], [0, 0, 0]))).toEqual([null, false]);
});

test('a run that diverged keeps what it had done, and never does the rest: censored at the budget', () => {
  const diverged = { diverged: true, budget: 1000 };
  expect(reading(time(memorized), { ...never, ...diverged })).toEqual([10, true]);
  expect(reading(time(grokked), { ...never, ...diverged })).toEqual([1000, false]);
});

test('a run that ended early because it grokked is censored where it ended', () => {
  const early = { ...groks, budget: 1000 };
  const event: RunEvent = {
    column: 'accuracy',
    split: 'train',
    direction: 'falls_to',
    value: 0,
    patience: 1,
  };
  expect(reading(time(event), early)).toEqual([50, false]);
});

test('an event of a column is the first evaluation that begins enough of them running', () => {
  const x = [0, 2, 1, 2, 2, 3];
  const reaches = (patience: number): RunEvent => ({
    column: 'x',
    split: 'train',
    direction: 'reaches',
    value: 2,
    patience,
  });
  const observed = run(x, x, x);
  expect(reading(time(reaches(1)), observed)).toEqual([10, true]);
  expect(reading(time(reaches(2)), observed)).toEqual([30, true]);
  expect(reading(time(reaches(4)), observed)).toEqual([50, false]);
  const falls: RunEvent = { column: 'x', split: 'val', direction: 'falls_to', value: -2, patience: 2 };
  expect(reading(time(falls), observed)).toEqual([30, true]);
});

test('an evaluation without a number holds nothing', () => {
  const x = [0, 2, Number.NaN, 2, undefined, 2];
  const event: RunEvent = { column: 'x', split: 'train', direction: 'reaches', value: 2, patience: 2 };
  expect(reading(time(event), run([0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0], x))).toEqual([30, true]);
  expect(reading(time({ ...event, column: 'y' }), groks)).toEqual([50, false]);
});

test('a share of the way is of the way from the first value to the last, up or down', () => {
  const up = [1, 2, 6, 3, 7, 9];
  const share = (value: number, patience = 1): Endpoint =>
    time({ column: 'x', split: 'train', share: value, patience });
  for (const sign of [1, -1]) {
    const x = up.map((value) => sign * value);
    const observed = run(x, x, x);
    expect(reading(share(0.5), observed)).toEqual([20, true]);
    expect(reading(share(0.5, 2), observed)).toEqual([40, true]);
    expect(reading(share(1), observed)).toEqual([50, true]);
    expect(reading(share(0.5), { ...observed, diverged: true })).toEqual([50, false]);
  }
  expect(reading(share(0.5), run([0, 0], [0, 0], [3, 3]))).toEqual([10, false]);
});

test('a lead is positive where the event comes first; what does not come counts as the budget', () => {
  const lead = (event: RunEvent, over: RunEvent): Endpoint => ({ kind: 'lead', event, over });
  expect(reading(lead(memorized, grokked), groks)).toEqual([30, true]);
  expect(reading(lead(grokked, memorized), groks)).toEqual([-30, true]);
  expect(reading(lead(memorized, grokked), never)).toEqual([40, false]);
  expect(reading(lead(memorized, grokked), run([0, 0], [0, 0]))).toEqual([0, false]);
});

test('values are read at moments, the evaluation at or last before them', () => {
  const x = [5, 4, 3, 2, 1, Number.NaN];
  const observed = run([0.1, 0.95, 1, 1, 1, 1], [0, 0, 0.95, 1, 1, 1], x);
  const at = (moment: Extract<Endpoint, { kind: 'value' }>['at'], split: 'train' | 'val' = 'train') =>
    reading({ kind: 'value', column: 'x', split, at: moment }, observed)[0];
  expect([at('first'), at('last'), at('memorized'), at('grokked'), at(25), at(0)]).toEqual([
    5, 1, 4, 3, 3, 5,
  ]);
  expect(at('first', 'val')).toBe(-5);
  const change: Endpoint = { kind: 'change', column: 'x', split: 'train', from: 'memorized', to: 30 };
  expect(reading(change, observed)).toEqual([-2, true]);
});

test('a value at a moment that did not come is missing', () => {
  const x = [5, 4, 3, 2, 1, 0];
  const value: Endpoint = { kind: 'value', column: 'x', split: 'train', at: 'grokked' };
  const still = { ...never, rows: run([0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0], x).rows };
  expect(reading(value, still)).toEqual([null, false]);
  expect(reading({ ...value, at: 80 }, { ...still, diverged: true, budget: 100 })).toEqual([null, false]);
  expect(
    reading({ kind: 'change', column: 'x', split: 'train', from: 'grokked', to: 'last' }, still),
  ).toEqual([null, false]);
});

test('a small curve is part of the whole one, with both its ends and every jump', () => {
  const accuracies = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 41, maxLength: 300 });
  fc.assert(
    fc.property(accuracies, (values) => {
      const whole = smallCurve(run(values, values).rows, Number.POSITIVE_INFINITY);
      const small = smallCurve(run(values, values).rows);
      expect(small.length).toBeLessThanOrEqual(40);
      expect(whole).toEqual(expect.arrayContaining(small));
      expect([small[0], small.at(-1)]).toEqual([whole[0], whole.at(-1)]);
    }),
    { numRuns: 50 },
  );
  const jump = Array.from({ length: 500 }, (_, i) => (i < 300 ? 0 : 1));
  expect(smallCurve(run(jump, jump).rows)).toContainEqual([3000, 1, 1]);
});
