import { expect, test } from 'vitest';
import * as g from '../index.ts';
import { makePlan } from './plan.ts';

test('graphs that cannot be run are refused', () => {
  const [a, x] = [g.parameter('a', [3]), g.input('x', [3], 'f32', { examples: true })];
  expect(() => makePlan({ outputs: { x } })).toThrow(
    'output x: has the example axis ([examples, 3]); sum over it, or ask for it under perExample',
  );
  expect(() => makePlan({ outputs: {}, perExample: { a } })).toThrow(
    'perExample a: needs the example axis, got [3]; ask for it under outputs',
  );
  expect(() => makePlan({ outputs: {}, updates: [[g.exp(a), a]] })).toThrow(
    'update: needs a parameter to update, got exp',
  );
  expect(() =>
    makePlan({
      outputs: {},
      updates: [
        [a, a],
        [a, g.exp(a)],
      ],
    }),
  ).toThrow('update of a: stands twice; a parameter can take one new value');
  expect(() => makePlan({ outputs: {}, updates: [[a, x]] })).toThrow(
    'update of a: needs f32 [3], got f32 [examples, 3]',
  );
  expect(() => makePlan({ outputs: {}, updates: [[a, g.cast(a, 'f64')]] })).toThrow(
    'update of a: needs f32 [3], got f64 [3]',
  );
  expect(() => makePlan({ outputs: { y: g.sum(g.parameter('a', [4])), a } })).toThrow(
    'parameter a: is used with two shapes or dtypes; one name stands for one value',
  );
});
