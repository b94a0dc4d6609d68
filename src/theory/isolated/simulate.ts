/** The simulation: the first layer moved along the isolated dynamics from its initial weights, observed on the way. */

import { EngineError } from '../../engine/index.ts';
import { RK4_REAL_STABILITY } from '../integrators/runge-kutta-4.ts';
import { fastestRate } from '../integrators/stability-limit.ts';
import { TheoryError } from '../refusal.ts';
import { Integrator, type IntegratorName } from './integrator.ts';
import { type Observation, observe } from './observation.ts';
import type { IsolatedStep } from './step.ts';

/** How a simulation is integrated and observed. */
export interface SimulationOptions {
  readonly steps: number;
  /** In τ. */
  readonly stepSize: number;
  readonly integrator: IntegratorName;
  /** Steps between observations; the first and the last step are always observed. */
  readonly observeEvery: number;
  /** The prime that tokens are residues of, where circles are to be looked for. */
  readonly modulus?: number;
}

/** The simulation at one of its steps; the arrays are the simulation's own, valid until it goes on. */
export interface SimulatedPoint<Seen = Observation> {
  readonly observation: Seen;
  /** What moves. */
  readonly weights: Float64Array;
}

/** A flow in τ that lowers R/λ, and how one looks at it. */
export interface IsolatedFlow<Seen = Observation> {
  /** Writes the velocity and gives R/λ. */
  velocity(weights: Float64Array, out: Float64Array): number;
  observe(weights: Float64Array, at: { readonly step: number; readonly tau: number }): Seen;
}

/** R/λ never rises along the flow; a kink of ReLU or rounding moves it by less than this part. */
const RISE = 1e-2;

/**
 * Moves the first layer along its isolated dynamics and yields the points that are observed.
 * @param weights [inputs, width]: the initial W₁, overwritten
 * @throws TheoryError when the step size is past stability, naming the step
 */
export function simulate(
  step: IsolatedStep,
  weights: Float64Array,
  options: SimulationOptions,
): Generator<SimulatedPoint, void, void> {
  const flow: IsolatedFlow = {
    velocity: (at, out) => step.velocity(at, out),
    observe: (at, when) => observe(step.problem, at, step.readOut(at), when, options.modulus),
  };
  return follow(flow, weights, options);
}

/** The same for any flow, and whatever one looks at. */
export function* follow<Seen>(
  flow: IsolatedFlow<Seen>,
  weights: Float64Array,
  { steps, stepSize, integrator: name, observeEvery }: SimulationOptions,
): Generator<SimulatedPoint<Seen>, void, void> {
  const integrator = new Integrator(flow, weights.length, name, stepSize);
  const before = new Float64Array(weights.length);
  let lowest = Number.POSITIVE_INFINITY;
  for (let done = 0; ; done++) {
    if (done % observeEvery === 0 || done === steps) {
      const at = { step: done, tau: done * stepSize };
      yield { observation: guarded(done, stepSize, () => flow.observe(weights, at)), weights };
    }
    if (done === steps) return;
    before.set(weights);
    const objective = guarded(done, stepSize, () => integrator.advance(weights));
    if (!(objective <= lowest * (1 + RISE))) {
      throw new TheoryError(
        `the step size ${stepSize} is past stability: R/λ, which gradient flow only lowers, rose from ` +
          `${lowest.toPrecision(4)} to ${objective.toPrecision(4)} by step ${done}, ${limitWords(flow, name, before)}`,
      );
    }
    lowest = Math.min(lowest, objective);
  }
}

/** Ends of the stability intervals on the negative real axis. */
const STABILITY: Readonly<Record<IntegratorName, number>> = { euler: 2, rk4: RK4_REAL_STABILITY };

/** The largest stable step at these weights, as far as it can be found there. */
function limitWords(
  flow: Pick<IsolatedFlow, 'velocity'>,
  name: IntegratorName,
  weights: Float64Array,
): string {
  try {
    const rate = fastestRate((at, out) => void flow.velocity(at, out), weights);
    if (Number.isFinite(rate))
      return `where ${name} is stable up to ${(STABILITY[name] / rate).toPrecision(2)}; take a smaller one`;
  } catch (error) {
    if (!(error instanceof TheoryError || error instanceof EngineError)) throw error;
  }
  return 'beyond all that can be solved; take a much smaller one';
}

/** Weights that ran away give equations that cannot be solved; the step size is the cause, not they. */
function guarded<T>(step: number, stepSize: number, solve: () => T): T {
  try {
    return solve();
  } catch (error) {
    if (!(error instanceof TheoryError || error instanceof EngineError)) throw error;
    if (step === 0) throw new TheoryError(error.message, { cause: error });
    throw new TheoryError(
      `after step ${step} the equations of the last layer cannot be solved any more (${error.message}); ` +
        `the step size ${stepSize} may be past stability, try a smaller one`,
      { cause: error },
    );
  }
}
