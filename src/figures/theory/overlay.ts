/** Real trainings laid over the isolated dynamics: accuracy, norm of the first layer, and the distance between the two. */

import type { Observation } from '../../theory/isolated/observation.ts';
import type { Distance } from '../../theory/isolated/overlay.ts';
import type { RealPoint } from '../../theory/isolated/real-training.ts';
import type { Curve } from '../curve.ts';
import { type FigureOptions, lineChart, type Panel } from '../line-chart.ts';
import { percentLabel, valueLabel } from '../number-labels.ts';
import { rangeOf } from '../value-axis.ts';
import { DECAY_COLORS, decayName } from './decay-colors.ts';

/** A real training and its distance from the isolated dynamics. */
export interface LaidOver {
  /** λ of 𝓛 + λ‖θ‖². */
  readonly ridge: number;
  readonly points: readonly RealPoint[];
  readonly distances: readonly Distance[];
}

/** Trainings that have a colour. */
export const MOST_LAID_OVER = DECAY_COLORS;

/** @param stepSize τ of a step of the simulation, the unit of the horizontal axis */
export function overlayFigure(
  {
    name,
    isolated,
    trainings,
    stepSize,
  }: {
    readonly name: string;
    readonly isolated: readonly Observation[];
    readonly trainings: readonly LaidOver[];
    readonly stepSize: number;
  },
  options: FigureOptions = {},
): string {
  const of = (value: (o: Observation) => number, words: (last: number) => string): Curve => {
    const points = isolated.map((o) => ({ step: o.step, value: value(o) }));
    return {
      name: 'isolated',
      color: 'isolated',
      dash: '6 3',
      points,
      final: words(points[points.length - 1].value),
    };
  };
  const real = <T extends { readonly tau: number }>(
    rows: (training: LaidOver) => readonly T[],
    value: (row: T) => number,
    words: (last: number) => string,
  ): Curve[] =>
    trainings.map((training, i) => {
      const points = rows(training).map((row) => ({ step: row.tau / stepSize, value: value(row) }));
      const final = words(points[points.length - 1].value);
      return { name: `λ ${valueLabel(training.ridge)}`, color: decayName(i), points, final };
    });
  const panel = (title: string, curves: Curve[], scale: 'linear' | 'log' = 'linear'): Panel => ({
    title,
    range: rangeOf(
      curves.flatMap(({ points }) => points.map(({ value }) => value)),
      scale,
    ),
    curves,
  });
  const accuracy: Panel = {
    title: 'Held-out accuracy (%)',
    range: { scale: 'linear', low: 0, high: 1, format: (value) => `${Math.round(100 * value)}` },
    curves: [
      of(({ heldOut }) => heldOut.accuracy, percentLabel),
      ...real(
        ({ points }) => points,
        (row) => row.heldOutAccuracy,
        percentLabel,
      ),
    ],
  };
  return lineChart(
    {
      title: `${name}: isolated and real`,
      description: `The isolated dynamics and real training at λ ${trainings.map(({ ridge }) => valueLabel(ridge)).join(', ')} on the clock τ = 2λt.`,
      panels: [
        accuracy,
        panel('‖W₁‖', [
          of(({ firstNorm }) => firstNorm, valueLabel),
          ...real(
            ({ points }) => points,
            (row) => row.firstNorm,
            valueLabel,
          ),
        ]),
        panel(
          'Distance of the first layers, ‖W₁ − Ŵ₁‖/‖Ŵ₁‖',
          real(
            (training) => training.distances,
            (row) => row.weights,
            valueLabel,
          ),
        ),
        panel(
          'Distance of their geometries W₁W₁ᵀ',
          real(
            (training) => training.distances,
            (row) => row.geometry,
            valueLabel,
          ),
        ),
      ],
      steps: `step of the simulation, τ = ${valueLabel(stepSize)} each`,
    },
    { xscale: 'linear', ...options },
  );
}
