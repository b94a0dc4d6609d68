/**
 * The simulation of the isolated dynamics as its paper draws it (Musat, arXiv:2511.01938): accuracy and loss, norms, norms of
 * the Fourier parts and their angles, above each other over the steps.
 */

import type { Observation } from '../../theory/isolated/observation.ts';
import { firstReaching } from '../../theory/isolated/verdict.ts';
import type { Curve } from '../curve.ts';
import { type FigureOptions, type LineChart, lineChart, type Panel } from '../line-chart.ts';
import type { Mark } from '../mark.ts';
import { percentLabel, stepLabel, valueLabel } from '../number-labels.ts';
import type { Meaning } from '../palette.ts';
import { rangeOf } from '../value-axis.ts';

const FREQUENCY_COLORS: readonly Meaning[] = ['frequencya', 'frequencyb', 'frequencyc'];

/** A simulation to be drawn. */
export interface SimulationFigure {
  readonly title: string;
  readonly observations: readonly Observation[];
  /** Frequencies whose parts are drawn, at most three. */
  readonly frequencies: readonly number[];
  /** What moves and what is solved. Default W₁ and W₂. */
  readonly parts?: readonly [moving: string, solved: string];
}

/** Draws the panels as SVG; those of frequencies only where there are some. */
export function isolatedDynamicsPanels(
  { title, observations, frequencies, parts = ['W₁', 'W₂'] }: SimulationFigure,
  options: FigureOptions = {},
): string {
  const half = firstReaching(observations, 0.5);
  const understood = firstReaching(observations, 0.99);
  const marks: Mark[] = [
    ...(half === null
      ? []
      : [{ step: half, label: `½ at ${stepLabel(half)}`, color: 'muted', dash: '1.5 3' } as const]),
    ...(understood === null
      ? []
      : [{ step: understood, label: `99 % at ${stepLabel(understood)}`, color: 'grokked' } as const]),
  ];
  const chart: LineChart = {
    title,
    description:
      `${parts[0]} moves along the isolated dynamics while ${parts[1]} is solved. ` +
      (half === null
        ? 'Held-out accuracy never reaches one half.'
        : `Held-out accuracy crosses one half at step ${half}.`),
    panels: [
      accuracyPanel(observations),
      lossPanel(observations),
      normPanel(observations, parts),
      ...fourierPanels(observations, frequencies.slice(0, FREQUENCY_COLORS.length), parts[0]),
    ],
    marks,
    steps: 'step of the simulation',
  };
  return lineChart(chart, { xscale: 'linear', ...options });
}

/** A curve of what `value` reads, its end in words. */
function curve(
  observations: readonly Observation[],
  look: Pick<Curve, 'name' | 'color' | 'dash'>,
  value: (observation: Observation) => number,
  words?: (last: number) => string,
): Curve {
  const points = observations.map((observation) => ({ step: observation.step, value: value(observation) }));
  return { ...look, points, final: words?.(points[points.length - 1].value) };
}

function accuracyPanel(observations: readonly Observation[]): Panel {
  return {
    title: 'Accuracy (%)',
    range: { scale: 'linear', low: 0, high: 1, format: (value) => `${Math.round(100 * value)}` },
    curves: [
      curve(observations, { name: 'train', color: 'train' }, ({ train }) => train.accuracy, percentLabel),
      curve(
        observations,
        { name: 'held-out', color: 'val' },
        ({ heldOut }) => heldOut.accuracy,
        percentLabel,
      ),
    ],
  };
}

function lossPanel(observations: readonly Observation[]): Panel {
  const curves = [
    curve(observations, { name: 'train', color: 'train' }, ({ train }) => train.loss),
    curve(observations, { name: 'held-out', color: 'val' }, ({ heldOut }) => heldOut.loss, valueLabel),
  ];
  return { title: 'Mean squared error', range: rangeOf(valuesOf(curves), 'log'), curves };
}

function normPanel(observations: readonly Observation[], [moving, solved]: readonly [string, string]): Panel {
  const curves = [
    curve(
      observations,
      { name: `‖${moving}‖`, color: 'firstlayer' },
      ({ firstNorm }) => firstNorm,
      valueLabel,
    ),
    curve(observations, { name: `‖${solved}‖`, color: 'lastlayer' }, ({ lastNorm }) => lastNorm, valueLabel),
  ];
  return { title: 'Norms', range: rangeOf(valuesOf(curves), 'log'), curves };
}

function fourierPanels(
  observations: readonly Observation[],
  frequencies: readonly number[],
  moving: string,
): Panel[] {
  const seen = observations.filter(({ circles }) => circles !== undefined);
  if (seen.length === 0 || frequencies.length === 0) return [];
  const norms = frequencies.flatMap((k, i) =>
    (['realNorms', 'imaginaryNorms'] as const).map((part) =>
      curve(
        seen,
        {
          name: `${part === 'realNorms' ? 'Re' : 'Im'} k = ${k}`,
          color: FREQUENCY_COLORS[i] as Meaning,
          dash: part === 'realNorms' ? undefined : '5 3',
        },
        ({ circles }) => circles?.[part][k - 1] ?? Number.NaN,
      ),
    ),
  );
  const angles = frequencies.map((k, i) =>
    curve(
      seen,
      { name: `k = ${k}`, color: FREQUENCY_COLORS[i] as Meaning },
      ({ circles }) => degreesOf(circles?.cosines[k - 1]),
      (angle) => `${angle.toFixed(1)}°`,
    ),
  );
  return [
    {
      title: `Fourier norms ‖Re F_k‖ and ‖Im F_k‖ of ${moving}, the strongest frequencies`,
      range: rangeOf(valuesOf(norms), 'linear'),
      curves: norms,
    },
    {
      title: 'Angle between Re F_k and Im F_k (degrees)',
      range: rangeOf([...valuesOf(angles), 90], 'linear'),
      curves: angles,
    },
  ];
}

/** The angle of a cosine in degrees. */
export function degreesOf(cosine = Number.NaN): number {
  return (180 / Math.PI) * Math.acos(Math.min(1, Math.max(-1, cosine)));
}

function valuesOf(curves: readonly Curve[]): number[] {
  return curves.flatMap(({ points }) => points.map(({ value }) => value));
}
