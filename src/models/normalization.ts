/**
 * How a transformer keeps its residual stream in bounds: not at all, by LayerNorm or RMSNorm where a sublayer reads it
 * (pre-norm, as in TransformerLens), or by projecting the stream itself to the unit sphere before and after each
 * sublayer (Yıldırım 2603.05228).
 */

import type { Expr } from '../engine/index.ts';
import { add, div, mean, mul, sqrt, square, sub, sum } from '../engine/index.ts';
import { ones, zeros } from './initializers.ts';
import type { Weights } from './weights.ts';

/** Added to the variance, as in PyTorch and TransformerLens. */
const VARIANCE_EPSILON = 1e-5;

/** Keeps the direction of an all-zero vector finite; far below the rounding of any other. */
const SQUARED_LENGTH_EPSILON = 1e-24;

/** x / √(mean x² + ε) along the last axis. */
export function rootMeanSquareNormalize(x: Expr): Expr {
  return div(x, sqrt(add(mean(square(x), [-1], true), VARIANCE_EPSILON)));
}

/** x / ‖x‖ along the last axis. */
export function projectToSphere(x: Expr): Expr {
  return div(x, sqrt(add(sum(square(x), [-1], true), SQUARED_LENGTH_EPSILON)));
}

export interface Normalization {
  /** Declares the parameters of one reader of the stream and returns what it reads. */
  reader(name: string): (stream: Expr) => Expr;
  /** Applied to the stream after embedding and after every sublayer. */
  settle(stream: Expr): Expr;
}

const identity = (x: Expr): Expr => x;

/** @param width d_model, the length of the last axis of the stream */
export function normalization(
  kind: 'none' | 'layer' | 'rms' | 'sphere',
  width: number,
  weights: Weights,
): Normalization {
  switch (kind) {
    case 'none':
      return { reader: () => identity, settle: identity };
    case 'sphere':
      return { reader: () => identity, settle: projectToSphere };
    case 'rms':
      return {
        reader: (name) => {
          const w = weights.declare(`${name}.w`, [width], ones);
          return (x) => mul(rootMeanSquareNormalize(x), w);
        },
        settle: identity,
      };
    case 'layer':
      return {
        reader: (name) => {
          const w = weights.declare(`${name}.w`, [width], ones);
          const b = weights.declare(`${name}.b`, [width], zeros);
          return (x) => add(mul(rootMeanSquareNormalize(sub(x, mean(x, [-1], true))), w), b);
        },
        settle: identity,
      };
  }
}
