import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AccuracyPoint, findMilestones, MilestoneTracker } from './milestones.ts';

/** Evaluations every 10 steps, from step 0. */
const curve = (...accuracies: number[]): AccuracyPoint[] =>
  accuracies.map((accuracy, i) => ({ step: 10 * i, accuracy }));

test('a run memorises at the first train accuracy of 0.99 and groks where held-out accuracy stays at 0.95', () => {
  const milestones = findMilestones({
    train: curve(0.1, 0.98, 0.99, 1, 1, 1, 1, 1, 1),
    val: curve(0.0, 0.1, 0.2, 0.96, 0.7, 0.95, 0.97, 0.99, 1),
  });
  expect(milestones).toEqual({
    memorized_step: 20,
    first_crossing_step: 30,
    grokked_step: 50,
    delay: 30,
    memorized_censored: false,
    grokked_censored: false,
    unconfirmed_step: null,
    last_step: 80,
  });
});

test('a run that ends before patience evaluations is censored and says since when it had held', () => {
  const milestones = findMilestones({ train: curve(1, 1, 1, 1), val: curve(0.96, 0.1, 0.95, 0.99) });
  expect(milestones).toMatchObject({
    grokked_step: null,
    delay: null,
    grokked_censored: true,
    first_crossing_step: 0,
    unconfirmed_step: 20,
    last_step: 30,
  });
});

test('exactly patience evaluations at the end confirm', () => {
  expect(findMilestones({ train: [], val: curve(0, 0.95, 0.95, 0.95) }).grokked_step).toBe(10);
});

test('a later collapse does not undo a confirmed step', () => {
  expect(findMilestones({ train: [], val: curve(1, 1, 1, 0, 0) }).grokked_step).toBe(0);
});

test('with a test split, grokking is read from it and not from the validation set', () => {
  const curves = { train: curve(1), val: curve(1, 1, 1, 1), test: curve(0, 1, 1, 1) };
  expect(findMilestones(curves).grokked_step).toBe(10);
});

test('a non-finite accuracy breaks the stretch', () => {
  expect(findMilestones({ train: [], val: curve(1, 1, Number.NaN, 1, 1, 1) }).grokked_step).toBe(30);
});

test('without evaluations everything is censored', () => {
  expect(findMilestones({ train: [], val: [] })).toMatchObject({
    memorized_step: null,
    grokked_step: null,
    memorized_censored: true,
    grokked_censored: true,
    last_step: null,
  });
});

const accuracies = fc.oneof(fc.constantFrom(0.94, 0.95, 0.99, 1, Number.NaN), fc.double({ min: 0, max: 1 }));
const observation = fc.record({ train: accuracies, val: accuracies, test: accuracies }, { requiredKeys: [] });
const options = fc.record({
  memorizeThreshold: fc.constantFrom(0.9, 0.99, 1),
  grokThreshold: fc.constantFrom(0.5, 0.95),
  grokPatience: fc.integer({ min: 1, max: 5 }),
});

test('the tracker agrees with the finished curves after every observation', () => {
  fc.assert(
    fc.property(fc.array(observation, { maxLength: 30 }), options, (observations, chosen) => {
      const tracker = new MilestoneTracker(chosen);
      const curves = {
        train: [] as AccuracyPoint[],
        val: [] as AccuracyPoint[],
        test: [] as AccuracyPoint[],
      };
      observations.forEach((accuracies, i) => {
        const step = 7 * i;
        tracker.observe(step, accuracies);
        for (const split of ['train', 'val', 'test'] as const) {
          const accuracy = accuracies[split];
          if (accuracy !== undefined) curves[split].push({ step, accuracy });
        }
        expect(tracker.state).toEqual(findMilestones(curves, chosen));
      });
    }),
  );
});

test('grokking never precedes the first crossing, and more patience never makes it earlier', () => {
  fc.assert(
    fc.property(
      fc.array(accuracies, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 5 }),
      (values, n) => {
        const at = (grokPatience: number) =>
          findMilestones({ train: [], val: curve(...values) }, { grokPatience });
        const never = Number.POSITIVE_INFINITY;
        expect(at(1).grokked_step).toBe(at(1).first_crossing_step);
        expect(at(n + 1).grokked_step ?? never).toBeGreaterThanOrEqual(at(n).grokked_step ?? never);
      },
    ),
  );
});

test('thresholds outside (0, 1], fractional patience and steps that go back are refused', () => {
  const none = { train: [], val: [] };
  expect(() => findMilestones(none, { grokThreshold: 95 })).toThrow(
    /grokThreshold must be above 0 and at most 1, got 95/,
  );
  expect(() => findMilestones(none, { memorizeThreshold: 0 })).toThrow(/memorizeThreshold/);
  expect(() => new MilestoneTracker({ grokPatience: 1.5 })).toThrow(
    /whole number of evaluations ≥ 1, got 1.5/,
  );
  const tracker = new MilestoneTracker();
  tracker.observe(10, { val: 0.5 });
  expect(() => tracker.observe(10, { val: 0.5 })).toThrow(/steps must increase, got 10 after 10/);
});
