import { expect, test } from 'vitest';
import { expectClose, expectSummary, readFixture, type Summary } from '../../../test/pytorch/fixture.ts';
import { formulaTensor } from '../../../test/pytorch/formula.ts';
import { fourierCircles } from './fourier-circles.ts';
import { fitOf } from './observation.ts';
import type { FirstLayerExamples, IsolatedActivation, IsolatedProblem } from './problem.ts';
import { ReferenceStep } from './reference-step.ts';

/** What make_isolated_dynamics.py wrote of one case. */
interface OracleCase {
  width: number;
  activation: IsolatedActivation;
  ridge: number;
  points: {
    step: number;
    weights: Summary;
    velocity: Summary;
    read_out: Summary;
    objective: number;
    held_out_loss: number;
    held_out_accuracy: number;
    circles: { real: number[]; imaginary: number[]; cosines: number[]; same: number; other: number };
  }[];
}

const P = 11;

/** The examples of make_isolated_dynamics.py. */
function oracleProblem({ width, activation, ridge }: OracleCase): IsolatedProblem {
  const pairs = Array.from({ length: P }, (_, a) =>
    Array.from({ length: P - a }, (_, k) => [a, a + k]),
  ).flat();
  const residue = (i: number) => (37 * i * i + (7919 + 211 * 3) * i + 104729 * 3 + 13) % 65521;
  const examples = (train: boolean): FirstLayerExamples => {
    const chosen = pairs.filter((_, i) => residue(i) % 10 < 8 === train);
    const labels = Int32Array.from(chosen, ([a, b]) => (a + b) % P);
    return { rows: Int32Array.from(chosen.flat()), labels, count: chosen.length };
  };
  const sizes = { terms: 2, inputs: P, classes: P };
  return { train: examples(true), heldOut: examples(false), ...sizes, width, activation, ridge };
}

const cases = readFixture<OracleCase>('isolated_dynamics.json');

test.each(cases)('%s: agrees with NumPy step by step from the same initial weights', (_name, oracle) => {
  const problem = oracleProblem(oracle);
  const step = new ReferenceStep(problem);
  const weights = formulaTensor([P, oracle.width], 1);
  const velocity = new Float64Array(weights.length);
  let done = 0;
  for (const point of oracle.points) {
    for (; done < point.step; done++) {
      step.velocity(weights, velocity);
      for (const [i, v] of velocity.entries()) weights[i] += 1e-3 * v;
    }
    const at = (what: string) => `${what} after ${done} steps`;
    const objective = step.velocity(weights, velocity);
    const readOut = step.readOut(weights);
    expectSummary(at('weights'), weights, point.weights, 1e-9);
    expectSummary(at('velocity'), velocity, point.velocity, 1e-7);
    expectSummary(at('read-out'), readOut, point.read_out, 1e-8);
    expect(Math.abs(objective / point.objective - 1), at('objective')).toBeLessThan(1e-9);
    const heldOut = fitOf(problem, problem.heldOut, weights, readOut);
    expect(heldOut.accuracy).toBeCloseTo(point.held_out_accuracy, 12);
    expect(Math.abs(heldOut.loss / point.held_out_loss - 1), at('held-out loss')).toBeLessThan(1e-8);
    const circles = fourierCircles(weights, P, oracle.width);
    expectClose(at('‖Re F‖'), circles.realNorms, point.circles.real, 1e-9);
    expectClose(at('‖Im F‖'), circles.imaginaryNorms, point.circles.imaginary, 1e-9);
    // F of other conventions turns the sign of Im only.
    expectClose(at('cosines'), circles.cosines, point.circles.cosines, 1e-8);
    expect(circles.samePattern).toBeCloseTo(point.circles.same, 9);
    expect(circles.otherPattern).toBeCloseTo(point.circles.other, 9);
  }
});

/** R(W₁)/λ by its definition: the least of ‖HW₂ − Y‖² + λ‖W₂‖², divided by λ, plus ‖W₁‖². */
function objectiveAt(problem: IsolatedProblem, weights: Float64Array): number {
  const readOut = new ReferenceStep(problem).readOut(weights);
  const { train, classes, ridge } = problem;
  const squares = (values: Float64Array) => values.reduce((sum, x) => sum + x * x, 0);
  const error = fitOf(problem, train, weights, readOut).loss * train.count * classes;
  return error / ridge + squares(readOut) + squares(weights);
}

test.each(cases.filter(([, { ridge }]) => ridge > 0))(
  '%s: the velocity is −½ the gradient of R/λ, by central differences',
  (_name, oracle) => {
    const problem = oracleProblem(oracle);
    const weights = formulaTensor([P, oracle.width], 1);
    const velocity = new Float64Array(weights.length);
    const objective = new ReferenceStep(problem).velocity(weights, velocity);
    expect(Math.abs(objective / objectiveAt(problem, weights) - 1)).toBeLessThan(1e-9);
    for (const place of [0, 5, 97, 200, weights.length - 1]) {
      const moved = (by: number) => {
        const other = weights.slice();
        other[place] += by;
        return objectiveAt(problem, other);
      };
      const difference = (moved(1e-5) - moved(-1e-5)) / 2e-5;
      expect(Math.abs(velocity[place] + difference / 2)).toBeLessThan(
        1e-4 * Math.max(1, Math.abs(velocity[place])),
      );
    }
  },
);

test('hidden rows that depend on one another are refused with the pivot and a ridge that helps', () => {
  const [, oracle] = cases[0];
  const problem = { ...oracleProblem(oracle), width: 20 };
  const weights = formulaTensor([P, 20], 1);
  expect(() => new ReferenceStep(problem).readOut(weights)).toThrow(
    /pivot \d+ of 5\d of HHᵀ \+ λI is .*linearly dependent; widen the layer, or give a ridge λ of at least/,
  );
});
