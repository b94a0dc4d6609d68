/** Networks of two or three weights whose zero-loss sets can be drawn (Musat, arXiv:2511.01938, the toy examples). */

import type { ResidualMap } from '../residual-map.ts';

/** Weights of a toy. */
export type Point = readonly number[];

/** A piece of a zero-loss curve in the plane. */
export interface CurvePiece {
  readonly from: number;
  readonly to: number;
  readonly at: (t: number) => Point;
}

/** A toy: its network, where it starts, and what is known of it in closed form. */
export interface Toy {
  /** Of the paper; toy 3 is three sets. */
  readonly number: 1 | 2 | 3 | 4;
  /** Of its zero-loss set: `line`, `plane`, … */
  readonly name: string;
  /** What is fitted to what. */
  readonly network: string;
  /** The zero-loss set in words. */
  readonly set: string;
  /** Names of the weights. */
  readonly axes: readonly string[];
  readonly map: ResidualMap;
  readonly starts: readonly Point[];
  /** λ, descending. */
  readonly decays: readonly number[];
  /** The point of least norm on 𝓩 that a start comes to as λ → 0. */
  readonly limit: (start: Point) => Point;
  /** The minimum of 𝓛_λ near that limit: where the flow ends. */
  readonly rest: (decay: number, start: Point) => Point;
  /** dist(θ, 𝓩). */
  readonly distance: (theta: Float64Array) => number;
  /** 𝓩 as curves, in the plane. */
  readonly curves?: readonly CurvePiece[];
  /** Loss on examples that were not fitted. */
  readonly testLoss?: (theta: Float64Array) => number;
}
