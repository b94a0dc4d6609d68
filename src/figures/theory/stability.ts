/** How far gradient flow strays from the zero-loss set: the largest distance over λ, and distance and norm over time. */
import type { Stability, StabilityTrajectory } from '../../theory/index.ts';
import type { FigureOptions } from '../line-chart.ts';
import { valueLabel } from '../number-labels.ts';
import { rangeOf } from '../value-axis.ts';
import type { Place } from './clip.ts';
import { decayName } from './decay-colors.ts';
import { panelGrid, plotPanel } from './panel-grid.ts';
import type { Layer } from './plot.ts';

/** @param network in a few words */
export function stabilityFigure(
  { trajectories, law }: Stability,
  network: string,
  options: Omit<FigureOptions, 'xscale'> = {},
): string {
  const decays = trajectories.map(({ decay }) => decay);
  const slope = law.slope.toFixed(3);
  const [low, high] = [Math.min(...decays), Math.max(...decays)];
  const fitted: Layer[] = Number.isFinite(law.slope)
    ? [
        {
          kind: 'curve',
          points: [low, high].map((decay): Place => [decay, law.factor * decay ** law.slope]),
          color: 'muted',
          dash: '4 3',
        },
      ]
    : [];
  const curve = (one: StabilityTrajectory, i: number, values: readonly number[], by: number): Layer => ({
    kind: 'curve',
    points: one.times.flatMap((time, k): Place[] => (time > 0 ? [[time * by, values[k]]] : [])),
    color: decayName(i),
  });
  const times = trajectories.flatMap((one) => one.times.filter((time) => time > 0));
  const slowTimes = trajectories.flatMap((one) =>
    one.times.filter((time) => time > 0).map((time) => time * one.decay),
  );
  const norms = trajectories.flatMap(({ norm }) => norm);
  return panelGrid(
    {
      title: 'Stability: a smaller λ keeps gradient flow nearer to zero loss',
      sentence: `${network}; from a point of zero loss with decay λ.`,
      description: `Largest distance over λ on logarithmic axes has slope ${slope}. ${trajectories
        .map(({ decay, largest }) => `λ = ${decay}: ${valueLabel(largest)}.`)
        .join(' ')}`,
      legend: decays.map((decay, i) => ({ words: `λ = ${valueLabel(decay)}`, color: decayName(i) })),
      columns: 2,
      panels: [
        plotPanel({
          title: `Largest distance over λ (log–log), slope ${slope}`,
          x: rangeOf(decays, 'log'),
          y: rangeOf(
            trajectories.map(({ largest }) => largest),
            'log',
          ),
          xTitle: 'λ',
          aspect: 1,
          layers: [
            ...fitted,
            ...trajectories.map(({ decay, largest }, i): Layer => {
              return { kind: 'dot', at: [decay, largest], color: decayName(i) };
            }),
          ],
        }),
        plotPanel({
          title: 'Distance to the set (log scale)',
          x: { scale: 'log', low: Math.min(...times), high: Math.max(...times) },
          y: rangeOf(
            trajectories.flatMap(({ distance }) => distance.slice(1)),
            'log',
          ),
          xTitle: 'time (log scale)',
          layers: trajectories.map((one, i) => curve(one, i, one.distance, 1)),
        }),
        plotPanel({
          title: 'Norm over slow time λt',
          x: { scale: 'log', low: Math.min(...slowTimes), high: Math.max(...slowTimes) },
          y: rangeOf(norms, 'linear'),
          xTitle: 'λ · time (log scale)',
          layers: trajectories.map((one, i) => curve(one, i, one.norm, one.decay)),
        }),
      ],
    },
    options,
  );
}
