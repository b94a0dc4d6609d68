/** The gradient flow of a toy for one λ and one start, with norm, distance to 𝓩 and losses along the way. */

import { gradientFlow } from '../gradient-flow.ts';
import { dormandPrince } from '../integrators/dormand-prince.ts';
import { growingTimes } from '../integrators/flow.ts';
import { rungeKutta4 } from '../integrators/runge-kutta-4.ts';
import { lossOf } from '../residual-map.ts';
import { distanceBetween, norm as normOf } from '../vectors.ts';
import type { Point, Toy } from './toy.ts';

/** The adaptive integrator, or fixed steps of this length. */
export type ToyIntegrator = 'adaptive' | { readonly step: number };

/** What was seen at each time, and how it ended. */
export interface ToyTrajectory {
  readonly toy: Toy;
  readonly decay: number;
  readonly start: Point;
  readonly times: readonly number[];
  readonly points: readonly Point[];
  /** ‖θ‖. */
  readonly norm: readonly number[];
  /** dist(θ, 𝓩). */
  readonly distance: readonly number[];
  /** 𝓛. */
  readonly loss: readonly number[];
  readonly testLoss?: readonly number[];
  readonly end: Point;
  /** ‖end − the minimum of 𝓛_λ in closed form‖. */
  readonly error: number;
  /** ‖end − the point for λ → 0‖. */
  readonly fromLimit: number;
  /** First time seen within SETTLED of the end. */
  readonly settled: number;
}

/** Slow times 1/(2λ) after which a flow along a straight set has come within e⁻¹² of its end. */
const SLOW_TIMES = 12;
/** Times that are seen. */
const SEEN = 320;
const FIRST = 1e-3;
/** Distance to the end at which a trajectory counts as settled. */
const SETTLED = 0.01;
/** Without decay there is no slow time. */
const UNDECAYED = 100;

/** Follows a toy for 6/λ. @throws TheoryError for a negative λ or an unstable step */
export function toyTrajectory(
  toy: Toy,
  decay: number,
  start: Point,
  integrator: ToyIntegrator = 'adaptive',
): ToyTrajectory {
  const times = growingTimes(FIRST, decay > 0 ? SLOW_TIMES / (2 * decay) : UNDECAYED, SEEN);
  const flow = gradientFlow(toy.map, decay, Float64Array.from(start), times);
  const points: Point[] = [];
  const norm: number[] = [];
  const distance: number[] = [];
  const loss: number[] = [];
  const testLoss: number[] = [];
  const visit = (_: number, theta: Float64Array) => {
    points.push([...theta]);
    norm.push(normOf(theta));
    distance.push(toy.distance(theta));
    loss.push(lossOf(toy.map, theta));
    if (toy.testLoss) testLoss.push(toy.testLoss(theta));
  };
  if (integrator === 'adaptive') dormandPrince(flow, {}, visit);
  else rungeKutta4(flow, integrator.step, visit);
  const end = points[points.length - 1];
  const apart = (a: Point, b: Point) => distanceBetween(Float64Array.from(a), Float64Array.from(b));
  return {
    toy,
    decay,
    start,
    times,
    points,
    norm,
    distance,
    loss,
    ...(toy.testLoss ? { testLoss } : {}),
    end,
    error: apart(end, toy.rest(decay, start)),
    fromLimit: apart(end, toy.limit(start)),
    settled: times[points.findIndex((point) => apart(point, end) <= SETTLED)],
  };
}

/** Every λ from every start. @param decays default: those of the toy */
export function toyTrajectories(
  toy: Toy,
  decays: readonly number[] = toy.decays,
  integrator: ToyIntegrator = 'adaptive',
): ToyTrajectory[] {
  return decays.flatMap((decay) => toy.starts.map((start) => toyTrajectory(toy, decay, start, integrator)));
}
