/** The classical Runge–Kutta method of order 4 with fixed steps (Kutta 1901). */

import { TheoryError } from '../refusal.ts';
import type { Flow, Visit } from './flow.ts';
import { fastestRate, UnstableStepError } from './stability-limit.ts';

/** End of the stability interval on the negative real axis: 1 − z + z²/2 − z³/6 + z⁴/24 = 1. */
export const RK4_REAL_STABILITY = 2.785293563405282;

/** Rounding of an objective that has come to rest. */
const ROUNDING = 1e-10;

/**
 * Follows a flow by steps of at most `step`: the longest that divides each interval between two times evenly.
 * @returns evaluations of the field
 * @throws TheoryError for a step that is none; UnstableStepError, with the limit, as soon as a step raises what the flow
 *   can only lower or gives numbers that are not finite
 */
export function rungeKutta4(flow: Flow, step: number, visit: Visit): number {
  if (!(step > 0 && Number.isFinite(step)))
    throw new TheoryError(`the step needs a number above 0, got ${step}`);
  const { field, start, times, descending } = flow;
  const n = start.length;
  const state = Float64Array.from(start);
  const before = new Float64Array(n);
  const [k1, k2, k3, k4, at] = Array.from({ length: 5 }, () => new Float64Array(n));
  let evaluations = 0;
  let time = 0;
  let objective = descending?.(state) ?? 0;

  const advance = (h: number) => {
    field(state, k1);
    for (let i = 0; i < n; i++) at[i] = state[i] + (h / 2) * k1[i];
    field(at, k2);
    for (let i = 0; i < n; i++) at[i] = state[i] + (h / 2) * k2[i];
    field(at, k3);
    for (let i = 0; i < n; i++) at[i] = state[i] + h * k3[i];
    field(at, k4);
    for (let i = 0; i < n; i++) state[i] += (h / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
    evaluations += 4;
  };
  const unstable = (h: number, seen: string) =>
    new UnstableStepError(time, h, RK4_REAL_STABILITY / fastestRate(field, before), seen);

  for (const target of times) {
    const from = time;
    const steps = Math.ceil((target - from) / step - 1e-9);
    const h = (target - from) / steps;
    for (let i = 1; i <= steps; i++) {
      before.set(state);
      advance(h);
      if (!state.every(Number.isFinite)) throw unstable(h, 'the weights are no longer finite');
      if (descending !== undefined) {
        const next = descending(state);
        if (!(next <= objective + ROUNDING * Math.abs(objective) + Number.MIN_VALUE)) {
          throw unstable(h, `the objective rises from ${shown(objective)} by ${shown(next - objective)}`);
        }
        objective = next;
      }
      time = i === steps ? target : from + i * h;
    }
    visit(target, state);
  }
  return evaluations;
}

function shown(value: number): string {
  return String(Number(value.toPrecision(3)));
}
