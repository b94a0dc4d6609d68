/** What the integrators follow: θ̇ = f(θ), seen at chosen times. */

/** Writes f(state) into `into`. Both have the flow's dimension and are never the same array. */
export type VectorField = (state: Float64Array, into: Float64Array) => void;

/** Called at each of the times, in their order; `state` is only valid during the call. */
export type Visit = (time: number, state: Float64Array) => void;

/** A flow with its beginning and the times at which it is to be seen. */
export interface Flow {
  readonly field: VectorField;
  /** State at time 0. */
  readonly start: Float64Array;
  /** Ascending, from 0 on. Steps end exactly there. */
  readonly times: readonly number[];
  /**
   * What the flow can only lower (the objective of a gradient flow). A step that raises it is past the integrator's stability;
   * without it only numbers that are no longer finite tell.
   */
  readonly descending?: (state: Float64Array) => number;
}

/** Times from 0 to `last`: 0, then `count` of equal ratio from `first` on, so that fast and slow are both seen. */
export function growingTimes(first: number, last: number, count: number): number[] {
  const ratio = Math.log(last / first) / (count - 1);
  const inner = Array.from({ length: count - 1 }, (_, i) => first * Math.exp(i * ratio));
  return [0, ...inner, last];
}
