/** How upright the gradient stands on the zero-loss set: |cos| with tangents over distance, and the bound's constant. */
import type { Orthogonality } from '../../theory/index.ts';
import type { FigureOptions } from '../line-chart.ts';
import { valueLabel } from '../number-labels.ts';
import { rangeOf } from '../value-axis.ts';
import type { Place } from './clip.ts';
import { panelGrid, plotPanel } from './panel-grid.ts';
import type { Layer, Plot } from './plot.ts';

/** Colours: random tangents, the tangent of the largest cosine. */
const [RANDOM, LARGEST] = ['muted', 'tangent'] as const;

/** @param network in a few words */
export function orthogonalityFigure(
  result: Orthogonality,
  network: string,
  options: Omit<FigureOptions, 'xscale'> = {},
): string {
  const { points, law, constant, supremumConstant } = result;
  const distances = points.map(({ distance }) => distance);
  const random = points.map(({ distance, cosines }): Place => [distance, Math.max(...cosines)]);
  const suprema = points.map(({ distance, supremum }): Place => [distance, supremum]);
  const ends = [Math.min(...distances), Math.max(...distances)];
  const bound: Layer = {
    kind: 'curve',
    points: ends.map((distance): Place => [distance, supremumConstant * distance]),
    color: 'muted',
    dash: '4 3',
  };
  const dots = (places: readonly Place[], color: string): Layer[] =>
    places.map((at) => ({ kind: 'dot', at, color, small: true }));
  const overDistance: Pick<Plot, 'x' | 'xTitle' | 'aspect'> = {
    x: rangeOf(distances, 'log'),
    xTitle: 'distance to the set',
    aspect: 1,
  };
  const ratios = (places: readonly Place[]) => places.map(([x, y]): Place => [x, y / x]);
  const values = (places: readonly Place[]) => places.map(([, y]) => y);
  return panelGrid(
    {
      title: 'Orthogonality: near zero loss the gradient stands upright on the set',
      sentence: `${network}; at random displacements of a point of zero loss.`,
      description: `The largest |cos| between the gradient and a tangent falls with the distance, slope ${law.slope.toFixed(3)} on logarithmic axes; at most ${valueLabel(supremumConstant)} times the distance.`,
      legend: [
        { words: 'largest of all tangents', color: LARGEST },
        { words: 'largest of the random tangents', color: RANDOM },
        { words: `C · distance, C = ${valueLabel(supremumConstant)}`, color: 'muted', dash: '4 3' },
      ],
      columns: 2,
      panels: [
        plotPanel({
          ...overDistance,
          title: `|cos(tangent, gradient)| (log–log), slope ${law.slope.toFixed(3)}`,
          y: rangeOf([...values(random), ...values(suprema)], 'log'),
          layers: [bound, ...dots(random, RANDOM), ...dots(suprema, LARGEST)],
        }),
        plotPanel({
          ...overDistance,
          title: '|cos| / distance: the constant at each point',
          y: rangeOf([0, constant, supremumConstant], 'linear'),
          layers: [
            {
              kind: 'curve',
              points: ends.map((x): Place => [x, supremumConstant]),
              color: 'muted',
              dash: '4 3',
            },
            ...dots(ratios(random), RANDOM),
            ...dots(ratios(suprema), LARGEST),
          ],
        }),
      ],
    },
    options,
  );
}
