import { expect, test } from 'vitest';
import type { Observation } from './observation.ts';
import { type AnalyticVerdict, analyticVerdict } from './verdict.ts';

/** An observation whose embedding has one frequency with this ratio and cosine. */
function at(step: number, heldOut: number, { ratio = 1, cosine = 0, loss = 1e-28 } = {}): Observation {
  return {
    step,
    tau: step / 1000,
    train: { loss, accuracy: 1 },
    heldOut: { loss: 0.1, accuracy: heldOut },
    firstNorm: 1,
    lastNorm: 1,
    circles: {
      realNorms: Float64Array.of(ratio),
      imaginaryNorms: Float64Array.of(1),
      cosines: Float64Array.of(cosine),
      samePattern: 0,
      otherPattern: 0,
    },
  };
}

const late = [
  at(0, 0, { ratio: 1.2, cosine: -0.3 }),
  at(500, 0.05, { ratio: 1.1, cosine: 0.1 }),
  at(1000, 0.6),
  at(2000, 1, { ratio: 1.01, cosine: -0.01 }),
];
const limit = { ridge: 0, classes: 11 };
const answers = ({ assertions }: AnalyticVerdict) => assertions.map(({ holds }) => holds);

test('grokking as the theory has it meets all four statements', () => {
  const verdict = analyticVerdict(late, limit);
  expect(answers(verdict)).toEqual([true, true, true, true]);
  expect(verdict).toMatchObject({ holds: true, half_step: 1000, understood_step: 2000 });
});

test.each([
  ['a train loss that was not zero once', 0, [late[0], at(500, 0.05, { loss: 1e-19 }), ...late.slice(2)]],
  ['an early rise', 1, [late[0], at(500, 0.3), ...late.slice(2)]],
  ['an accuracy that falls again', 1, [...late, at(3000, 0.9)]],
  ['norms that stay apart', 2, [...late.slice(0, 3), at(2000, 1, { ratio: 0.94, cosine: 0.01 })]],
  ['norms that began nearer', 2, [at(0, 0, { ratio: 1.005, cosine: 0.3 }), ...late.slice(1)]],
  ['parts that stay aslant', 3, [...late.slice(0, 3), at(2000, 1, { ratio: 1.01, cosine: -0.04 })]],
])('%s breaks its statement and no other', (_what, broken, observations) => {
  const verdict = analyticVerdict(observations, limit);
  expect(answers(verdict)).toEqual([0, 1, 2, 3].map((i) => i !== broken));
  expect(verdict.holds).toBe(false);
});

test('tokens without frequencies are not asked for circles', () => {
  const verdict = analyticVerdict(
    late.map((observation) => ({ ...observation, circles: undefined })),
    limit,
  );
  expect(answers(verdict)).toEqual([true, true, undefined, undefined]);
  expect(verdict.holds).toBe(true);
});

test('with a ridge near zero means a hundredth of the variance of the labels', () => {
  const withLoss = (loss: number) =>
    late.map((observation) => ({ ...observation, train: { loss, accuracy: 1 } }));
  const variance = (1 / 11) * (1 - 1 / 11);
  const held = (loss: number) => answers(analyticVerdict(withLoss(loss), { ridge: 0.1, classes: 11 }))[0];
  expect([held(0.0099 * variance), held(0.0101 * variance)]).toEqual([true, false]);
});
