/** Training's direction against the theory's over training steps (Musat 2511.01938, fig. 5): cosines, norm, losses, accuracies. */

import type { DirectionRow } from '../../theory/direction/training.ts';
import type { Curve } from '../curve.ts';
import { type FigureOptions, lineChart, type Panel } from '../line-chart.ts';
import { percentLabel, stepLabel, valueLabel } from '../number-labels.ts';
import type { Meaning } from '../palette.ts';
import { rangeOf } from '../value-axis.ts';

/** What is drawn: the rows of each seed, at the same steps. */
export interface DirectionFigure {
  readonly title: string;
  readonly seeds: readonly (readonly DirectionRow[])[];
  /** Whether the loss has a zero-loss set, so that J was taken at another point than θ. */
  readonly zeroLoss: boolean;
}

type Quantity = Exclude<
  { [Key in keyof DirectionRow]: DirectionRow[Key] extends number ? Key : never }[keyof DirectionRow],
  'step'
>;

interface Drawn {
  readonly quantity: Quantity;
  readonly name: string;
  readonly color: Meaning;
  readonly dash?: string;
}

const SEED_WIDTH = 1;

/** Draws the mean over seeds; with several, thin lines show each seed's cosine and norm. Null where nothing was compared. */
export function directionCurves(figure: DirectionFigure, options: FigureOptions = {}): string | null {
  const { title, seeds, zeroLoss } = figure;
  if (seeds.every((rows) => rows.length === 0)) return null;
  const cosines: Drawn[] = [
    { quantity: 'tangentShare', name: 'in the tangent space', color: 'tangent', dash: '2 3' },
    { quantity: 'cosine', name: 'cos(Δθ, g̃)', color: 'downhill' },
    { quantity: 'kinkCosine', name: 'with kinks held', color: 'downhill', dash: '6 3' },
    { quantity: 'decayCosine', name: 'cos(Δθ, −θ)', color: 'shrinking', dash: '6 3' },
  ];
  const losses: Drawn[] = [
    { quantity: 'trainLoss', name: 'as trained', color: 'train' },
    { quantity: 'pointLoss', name: 'where J is taken', color: 'downhill', dash: '6 3' },
  ];
  const accuracies: Drawn[] = [
    { quantity: 'trainAccuracy', name: 'train', color: 'train' },
    { quantity: 'heldOutAccuracy', name: 'held-out', color: 'val' },
  ];
  const weightNorm: Drawn = { quantity: 'weightNorm', name: '‖θ‖', color: 'shrinking' };
  const panels = [
    panelOf('Update against theory (cosine)', 'linear', valueLabel, [
      ...eachSeed(seeds, cosines[1]),
      ...means(seeds, cosines, valueLabel),
    ]),
    panelOf('Norm of the weights', 'linear', valueLabel, [
      ...eachSeed(seeds, weightNorm),
      ...means(seeds, [weightNorm], valueLabel),
    ]),
    panelOf(
      'Train loss (log scale)',
      'log',
      valueLabel,
      means(seeds, zeroLoss ? losses : [losses[0]], valueLabel),
    ),
    panelOf('Accuracy (%)', 'linear', percentLabel, means(seeds, accuracies, percentLabel)),
  ].filter(({ curves }) => curves.length > 0);
  return lineChart({ title, description: described(seeds), panels }, { xscale: 'linear', ...options });
}

function panelOf(
  title: string,
  scale: 'linear' | 'log',
  label: (value: number) => string,
  curves: readonly Curve[],
): Panel {
  const values = curves.flatMap(({ points }) => points.map(({ value }) => value));
  const format = label === percentLabel ? (value: number) => `${Math.round(100 * value)}` : undefined;
  return { title, range: { ...rangeOf(values, scale), format }, curves };
}

function eachSeed(seeds: DirectionFigure['seeds'], { quantity, color }: Drawn): Curve[] {
  if (seeds.length === 1) return [];
  return seeds.map((rows) => ({
    name: '',
    color,
    width: SEED_WIDTH,
    points: rows.map((row) => ({ step: row.step, value: row[quantity] })),
  }));
}

function means(
  seeds: DirectionFigure['seeds'],
  drawn: readonly Drawn[],
  label: (value: number) => string,
): Curve[] {
  return drawn.flatMap(({ quantity, name, color, dash }) => {
    const points = seeds[0].map(({ step }, i) => {
      const values = seeds.flatMap((rows) => (rows[i] === undefined ? [] : [rows[i][quantity]]));
      return { step, value: values.reduce((a, b) => a + b) / values.length };
    });
    const last = points.at(-1)?.value ?? Number.NaN;
    if (points.every(({ value }) => Number.isNaN(value))) return [];
    return [{ name, color, dash, points, final: Number.isFinite(last) ? label(last) : undefined }];
  });
}

function described(seeds: DirectionFigure['seeds']): string {
  const [curve] = means(seeds, [{ quantity: 'cosine', name: 'cosine', color: 'downhill' }], valueLabel);
  const finite = curve?.points.filter(({ value }) => Number.isFinite(value)) ?? [];
  if (finite.length === 0) return 'Nothing moved, so there is no direction to compare.';
  const highest = finite.reduce((best, point) => (point.value > best.value ? point : best));
  const last = finite[finite.length - 1];
  const of = seeds.length > 1 ? `Mean of ${seeds.length} seeds: the` : 'The';
  return (
    `${of} cosine of training's update with the projected −θ is highest at step ${stepLabel(highest.step)}, ` +
    `${valueLabel(highest.value)}, and ${valueLabel(last.value)} at step ${stepLabel(last.step)}.`
  );
}
