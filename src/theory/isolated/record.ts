/** What is kept of a simulation: all observations, and the embedding's circles at the steps that tell the story. */

import { type FourierPlane, fourierPlane, strongestPlanes } from '../../measures/fourier-plane.ts';
import type { Observation } from './observation.ts';
import type { SimulatedPoint } from './simulate.ts';

/** Frequencies that are drawn. */
const FREQUENCIES = 3;

export interface CirclesAtStep {
  readonly step: number;
  /** The same frequencies at every step, the strongest of the last step first. */
  readonly planes: readonly FourierPlane[];
}

/** Takes the points of a simulation in order. */
export class SimulationRecord {
  readonly observations: Observation[] = [];
  private readonly modulus: number | undefined;
  private readonly width: number;
  private readonly quarter: number;
  private readonly start: number;
  /** W₁ at the start, a quarter of the way, at accuracy ½ and 0.99, and at the last point. */
  private readonly kept = new Map<string, { step: number; weights: Float64Array }>();

  /**
   * @param width of the embedding
   * @param steps of the whole simulation
   * @param start of the embedding among the weights
   */
  constructor(modulus: number | undefined, width: number, steps: number, start = 0) {
    this.start = start;
    this.modulus = modulus;
    this.width = width;
    this.quarter = steps / 4;
  }

  add({ observation, weights }: SimulatedPoint): void {
    this.observations.push(observation);
    const { modulus } = this;
    if (modulus === undefined) return;
    const { step, heldOut } = observation;
    const copy = () => ({ step, weights: weights.slice(this.start, this.start + modulus * this.width) });
    const due: [string, boolean][] = [
      ['start', true],
      ['quarter', step >= this.quarter],
      ['half', heldOut.accuracy >= 0.5],
      ['understood', heldOut.accuracy >= 0.99],
    ];
    for (const [name, reached] of due) if (reached && !this.kept.has(name)) this.kept.set(name, copy());
    this.kept.set('last', copy());
  }

  /** By step; none where tokens have no frequencies. */
  circles(): CirclesAtStep[] {
    const last = this.kept.get('last');
    const { modulus: p, width } = this;
    if (last === undefined || p === undefined) return [];
    const frequencies = strongestPlanes(last.weights, p, width, FREQUENCIES).map(
      ({ frequency }) => frequency,
    );
    const byStep = new Map([...this.kept.values()].map(({ step, weights }) => [step, weights]));
    return [...byStep]
      .sort(([a], [b]) => a - b)
      .map(([step, weights]) => ({
        step,
        planes: frequencies.map((frequency) => fourierPlane(weights, p, width, frequency)),
      }));
  }
}
