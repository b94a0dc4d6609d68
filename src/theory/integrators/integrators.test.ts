import { expect, test } from 'vitest';
import { DormandPrinceStep, dormandPrince } from './dormand-prince.ts';
import { growingTimes, type VectorField } from './flow.ts';
import { RK4_REAL_STABILITY, rungeKutta4 } from './runge-kutta-4.ts';
import { fastestRate, UnstableStepError } from './stability-limit.ts';

/** ẋ = y, ẏ = −x − x³: nothing is linear, nothing vanishes; its energy is constant. */
const oscillator: VectorField = (state, into) => {
  into[0] = state[1];
  into[1] = -state[0] - state[0] ** 3;
};
const start = Float64Array.of(1, 0);
const last = 2;

function exact(): Float64Array {
  let end = start;
  dormandPrince(
    { field: oscillator, start, times: [last] },
    { relative: 1e-14, absolute: 1e-15 },
    (_, state) => {
      end = Float64Array.from(state);
    },
  );
  return end;
}

function errorOf(end: Float64Array): number {
  const truth = exact();
  return Math.hypot(end[0] - truth[0], end[1] - truth[1]);
}

/** The slope of log error over log step between two steps. */
function order(error: (steps: number) => number, few: number): number {
  return Math.log2(error(few) / error(2 * few));
}

function rk4Error(steps: number): number {
  let end = start;
  rungeKutta4({ field: oscillator, start, times: [last] }, last / steps, (_, state) => {
    end = Float64Array.from(state);
  });
  return errorOf(end);
}

function dormandPrinceSteps(steps: number): { end: Float64Array; estimate: number } {
  const step = new DormandPrinceStep(2);
  const state = Float64Array.from(start);
  let estimate = 0;
  for (let i = 0; i < steps; i++) {
    oscillator(state, step.k[0]);
    estimate = Math.max(estimate, step.try(oscillator, state, last / steps, 0, 1));
    state.set(step.next);
  }
  return { end: state, estimate };
}

test('the classical Runge–Kutta method has order 4', () => {
  for (const steps of [40, 80]) expect(order(rk4Error, steps)).toBeCloseTo(4, 0);
  expect(Math.abs(order(rk4Error, 80) - 4)).toBeLessThan(0.15);
});

test('steps of Dormand and Prince have order 5, and the difference to the embedded order 4 falls as h⁵', () => {
  const measured = order((steps) => errorOf(dormandPrinceSteps(steps).end), 40);
  expect(Math.abs(measured - 5)).toBeLessThan(0.15);
  const estimated = order((steps) => dormandPrinceSteps(steps).estimate, 40);
  expect(Math.abs(estimated - 5)).toBeLessThan(0.15);
});

test('the adaptive integrator keeps the error of the order of its tolerance', () => {
  for (const relative of [1e-4, 1e-6, 1e-8]) {
    let end = start;
    const flow = { field: oscillator, start, times: [last] };
    const effort = dormandPrince(flow, { relative, absolute: relative }, (_, state) => {
      end = Float64Array.from(state);
    });
    expect(errorOf(end)).toBeLessThan(10 * relative);
    expect(errorOf(end)).toBeGreaterThan(1e-4 * relative);
    expect(effort.evaluations).toBe(1 + 6 * (effort.accepted + effort.rejected));
  }
});

test('both see the flow exactly at the times asked for, the beginning included', () => {
  const times = [0, 0.1, 0.25, 1];
  const decay: VectorField = (state, into) => {
    into[0] = -state[0];
  };
  const seen: [number, number][][] = [[], []];
  const flow = { field: decay, start: Float64Array.of(2), times };
  rungeKutta4(flow, 0.01, (time, state) => seen[0].push([time, state[0]]));
  dormandPrince(flow, {}, (time, state) => seen[1].push([time, state[0]]));
  for (const one of seen) {
    expect(one.map(([time]) => time)).toEqual(times);
    for (const [time, value] of one) expect(value).toBeCloseTo(2 * Math.exp(-time), 8);
  }
});

/** A valley: fast across, slow along. */
const rates = [50, 0.1];
const valley: VectorField = (state, into) => {
  into[0] = -rates[0] * state[0];
  into[1] = -rates[1] * state[1];
};
const height = (state: Float64Array) => (rates[0] * state[0] ** 2 + rates[1] * state[1] ** 2) / 2;
const inValley = { field: valley, start: Float64Array.of(1, 1), times: [20], descending: height };

test('the stability limit of order 4 is where the amplification of one step is 1', () => {
  const z = RK4_REAL_STABILITY;
  expect(1 - z + z ** 2 / 2 - z ** 3 / 6 + z ** 4 / 24).toBeCloseTo(1, 12);
});

test('a step past stability is named with the largest stable one, a step below it is not', () => {
  const limit = RK4_REAL_STABILITY / rates[0];
  let caught: unknown;
  try {
    rungeKutta4(inValley, 1.05 * limit, () => {});
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(UnstableStepError);
  expect(caught).toMatchObject({ limit: expect.closeTo(limit, 3) });
  expect(String(caught)).toMatch(
    /the step 0\.058\d? is past stability: the objective rises from .* by .* at time .*, where steps up to 0\.0557 are stable; take a smaller step, or the adaptive integrator/,
  );
  rungeKutta4(inValley, 0.95 * limit, (_, state) => expect(height(state)).toBeLessThan(1));
});

test('without an objective a step past stability is named when the state is no longer finite', () => {
  const { descending: _, ...unwatched } = inValley;
  expect(() => rungeKutta4({ ...unwatched, times: [500] }, 0.5, () => {})).toThrow(
    /the step 0\.5 is past stability: the weights are no longer finite/,
  );
});

test('the adaptive integrator stays stable in the valley by itself', () => {
  dormandPrince(inValley, { relative: 1e-6 }, (_, state) => {
    expect(state[1]).toBeCloseTo(Math.exp(-2), 5);
    expect(Math.abs(state[0])).toBeLessThan(1e-6);
  });
});

test('the fastest rate is the largest eigenvalue of the Jacobian', () => {
  expect(fastestRate(valley, Float64Array.of(3, -1))).toBeCloseTo(50, 1);
});

test('a flow that blows up, a step that is none and too many steps are refused in a sentence', () => {
  const explosion: VectorField = (state, into) => {
    into[0] = state[0] ** 2;
  };
  const flow = { field: explosion, start: Float64Array.of(1), times: [2] };
  expect(() => dormandPrince(flow, {}, () => {})).toThrow(/cannot be followed past time 1: .*blows up/);
  expect(() => rungeKutta4(flow, -1, () => {})).toThrow('the step needs a number above 0, got -1');
  expect(() => dormandPrince(inValley, { mostSteps: 5 }, () => {})).toThrow(/needs more than 5 steps/);
});

test('a flow that slides along a kink goes on with the shortest steps, and stays at it to about their length', () => {
  // Down to x = 0 at speed 1 from either side, and along y at speed 1.
  const gully: VectorField = (state, into) => {
    into[0] = state[0] > 0 ? -1 : 1;
    into[1] = 1;
  };
  const flow = { field: gully, start: Float64Array.of(0.5, 0), times: [2] };
  expect(() => dormandPrince(flow, { mostSteps: 5000 }, () => {})).toThrow(
    /no step is short enough|needs more than 5000 steps/,
  );
  const { accepted } = dormandPrince(flow, { shortest: 0.01 }, (_, [x, y]) => {
    expect(Math.abs(x)).toBeLessThan(0.03);
    expect(y).toBeCloseTo(2, 9);
  });
  expect(accepted).toBeLessThan(400);
});

test('growing times begin at 0 and end exactly at the last', () => {
  const times = growingTimes(0.001, 7, 50);
  expect(times.length).toBe(51);
  expect([times[0], times[1], times[50]]).toEqual([0, 0.001, 7]);
  for (let i = 1; i < times.length; i++) expect(times[i]).toBeGreaterThan(times[i - 1]);
});
