/** Figures of the toys: the weights' plane with the zero-loss set and trajectories, and what happens along them over time. */
import type { GradientAngle, Point, Toy, ToyTrajectory } from '../../theory/toys/index.ts';
import type { FigureOptions } from '../line-chart.ts';
import { valueLabel } from '../number-labels.ts';
import { rangeOf, type ValueRange } from '../value-axis.ts';
import type { Place } from './clip.ts';
import { decayName } from './decay-colors.ts';
import { type LegendEntry, type Panel, panelGrid, plotPanel } from './panel-grid.ts';
import type { Layer, Plot } from './plot.ts';
import { type SpacePoint, spacePanel } from './space.ts';

type Options = Omit<FigureOptions, 'xscale'>;

/** Below this share of its largest value a distance or loss is not drawn: it passes through 0, or goes there. */
const DEPTH = 1e-5;

/** Toy 1 … 4 as SVG; toy 3 has three sets side by side. @param angles of toy 4, nearest last */
export function toyFigure(
  trajectories: readonly ToyTrajectory[],
  angles: readonly GradientAngle[],
  options: Options = {},
): string {
  const toys = [...new Set(trajectories.map(({ toy }) => toy))];
  const decays = [...new Set(trajectories.map(({ decay }) => decay))];
  const of = (toy: Toy) => trajectories.filter((one) => one.toy === toy);
  const panels =
    toys.length === 1
      ? [
          mapPanel(toys[0], trajectories, decays),
          ...(angles.length > 0 ? [anglePanel(angles), angleCurve(angles)] : []),
          ...timePanels(trajectories, decays),
        ]
      : [0, 1, 2].flatMap((row) =>
          toys.map((toy) => [mapPanel(toy, of(toy), decays), ...timePanels(of(toy), decays)][row]),
        );
  return panelGrid(
    {
      title: `Toy ${toys[0].number}: ${toys.length === 1 ? toys[0].network : 'sets that are curved, cross or have kinks'}`,
      sentence: sentenceOf(toys),
      description: trajectories.map(wordsOf).join(' '),
      legend: [...decays.map(legendOf), { words: `zero loss`, color: 'ink' }],
      panels,
      columns: toys.length === 1 ? 2 : 3,
      layout: toys.length === 1 ? 'packed' : 'rows',
    },
    options,
  );
}

function sentenceOf(toys: readonly Toy[]): string {
  const sets = toys.map(({ set }) => set).join('; ');
  return `Gradient flow with weight decay goes to the zero-loss set ${sets} first, then along it to the shortest point. Circles are starts, dots ends.`;
}

function wordsOf({ toy, decay, start, end }: ToyTrajectory): string {
  return `${toy.name}, λ = ${decay}: from ${pointText(start)} to ${pointText(end)}.`;
}

function pointText(point: Point): string {
  return `(${point.map((value) => Number(value.toFixed(3))).join(', ')})`;
}

function legendOf(decay: number, index: number): LegendEntry {
  return { words: `λ = ${valueLabel(decay)}`, color: decayName(index) };
}

function mapPanel(toy: Toy, trajectories: readonly ToyTrajectory[], decays: readonly number[]): Panel {
  return toy.axes.length === 3
    ? spaceOf(toy, trajectories, decays)
    : plotPanel(planeOf(toy, trajectories, decays));
}

/** The weights as they move, over all trajectories. */
function planeOf(toy: Toy, trajectories: readonly ToyTrajectory[], decays: readonly number[]): Plot {
  const points = trajectories.flatMap((one) => one.points);
  const limits = toy.starts.map(toy.limit);
  const [x, y] = [0, 1].map((i) => spanOf([...points, ...limits].map((point) => point[i])));
  const extent = Math.max(x[1] - x[0], y[1] - y[0]);
  const centred = ([low, high]: readonly [number, number]): ValueRange => {
    const middle = (low + high) / 2;
    return { scale: 'linear', low: middle - extent / 2, high: middle + extent / 2 };
  };
  const sets = (toy.curves ?? []).map(({ at, from, to }) =>
    Array.from({ length: 201 }, (_, i) => at(from + ((to - from) * i) / 200) as Place),
  );
  // Where the words of a point stand, unless the set passes there.
  const isAboveRight = ([left, low]: Point, [x, y]: Place) =>
    x > left && y > low && x - left < extent / 5 && y - low < extent / 5;
  return {
    title: `${toy.axes[1]}; ${toy.set}`,
    x: centred(x),
    y: centred(y),
    xTitle: toy.axes[0],
    aspect: true,
    layers: [
      ...sets.map((set): Layer => ({ kind: 'curve', points: set, color: 'ink', width: 1.5 })),
      ...trajectories.map((one): Layer => {
        const color = decayName(decays.indexOf(one.decay));
        return { kind: 'curve', points: one.points as readonly Place[], color, width: 1.75 };
      }),
      ...endsOf(trajectories, decays),
      ...distinct(limits).map(
        (limit): Layer => ({
          kind: 'words',
          at: limit as Place,
          words: pointText(limit),
          color: 'ink',
          offset: sets.flat().some((at) => isAboveRight(limit, at)) ? [7, 18] : [7, -7],
        }),
      ),
    ],
  };
}

function endsOf(trajectories: readonly ToyTrajectory[], decays: readonly number[]): Layer[] {
  return [
    ...distinct(trajectories.map(({ start }) => start)).map(
      (start): Layer => ({ kind: 'dot', at: start as Place, color: 'ink', hollow: true }),
    ),
    ...trajectories.map(({ end, decay }): Layer => {
      return { kind: 'dot', at: end as Place, color: decayName(decays.indexOf(decay)) };
    }),
  ];
}

function distinct(points: readonly Point[]): Point[] {
  return [...new Map(points.map((point) => [point.join(' '), point])).values()];
}

/** Lowest and highest value with a little air. */
function spanOf(values: readonly number[]): [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const air = 0.15 * (high - low);
  return [low - air, high + air];
}

function spaceOf(toy: Toy, trajectories: readonly ToyTrajectory[], decays: readonly number[]): Panel {
  const [limit] = toy.starts.map(toy.limit);
  return spacePanel({
    title: `The weights in space; zero loss: ${toy.set}`,
    axes: [toy.axes[0], toy.axes[1], toy.axes[2]],
    intercept: limit.reduce((a, b) => a + b, 0),
    layers: [
      ...trajectories.map(({ points, decay }) => ({
        kind: 'curve' as const,
        points: points as readonly Point[] as readonly SpacePoint[],
        color: decayName(decays.indexOf(decay)),
      })),
      ...trajectories.flatMap(({ start, end, decay }) => [
        { kind: 'dot' as const, at: start as Point as SpacePoint, color: 'ink', hollow: true },
        { kind: 'dot' as const, at: end as Point as SpacePoint, color: decayName(decays.indexOf(decay)) },
      ]),
      {
        kind: 'words',
        at: limit as Point as SpacePoint,
        words: pointText(limit),
        color: 'ink',
        offset: [8, -8],
      },
    ],
  });
}

/** Distance, norm and, where there is one, test loss over time. */
function timePanels(trajectories: readonly ToyTrajectory[], decays: readonly number[]): Panel[] {
  const over = (
    title: string,
    values: (one: ToyTrajectory) => readonly number[],
    scale: 'linear' | 'log',
  ) => {
    const all = trajectories.flatMap(values);
    const largest = all.reduce((a, b) => Math.max(a, b), 0);
    const shown = scale === 'log' ? all.filter((value) => value >= DEPTH * largest) : [...all, 0];
    return plotPanel({
      title,
      x: timeRange(trajectories),
      y: rangeOf(shown, scale),
      xTitle: 'time (log scale)',
      layers: trajectories.map((one): Layer => {
        const points = values(one).flatMap((value, i): Place[] => {
          const drawn = scale === 'log' && value < DEPTH * largest ? Number.NaN : value;
          return one.times[i] > 0 ? [[one.times[i], drawn]] : [];
        });
        return { kind: 'curve', points, color: decayName(decays.indexOf(one.decay)), width: 1.75 };
      }),
    });
  };
  const tested = trajectories.every(({ testLoss }) => testLoss !== undefined);
  return [
    over('Distance to the set (log scale)', ({ distance }) => distance, 'log'),
    over('Norm of the weights', ({ norm }) => norm, 'linear'),
    ...(tested ? [over('Test loss (log scale)', ({ testLoss = [] }) => testLoss, 'log')] : []),
  ];
}

function timeRange(trajectories: readonly ToyTrajectory[]): ValueRange {
  const last = Math.max(...trajectories.map(({ times }) => times[times.length - 1]));
  return { scale: 'log', low: 0.01, high: last };
}

/** Length of a drawn gradient, in units of the axes, and of half a tangent. */
const ARROW = 0.24;
const TANGENT = 0.42;

/** Points ever nearer to the parabola: the gradient there, from the point, beside the tangent at the foot. */
function anglePanel(angles: readonly GradientAngle[]): Panel {
  const shown = angles.slice(0, 3);
  const [{ foot }] = shown;
  const length = Math.hypot(1, 2 * foot[0]);
  const tangent: Place = [1 / length, (2 * foot[0]) / length];
  const parabola: Place[] = Array.from({ length: 121 }, (_, i) => {
    const x = -0.4 + (1.8 * i) / 120;
    return [x, x * x];
  });
  return plotPanel({
    title: 'Gradient and tangent, three points ever nearer',
    x: { scale: 'linear', low: -0.3, high: 1.2 },
    y: { scale: 'linear', low: -0.3, high: 1.2 },
    xTitle: 'x',
    aspect: true,
    layers: [
      { kind: 'curve', points: parabola, color: 'ink', width: 1.5 },
      {
        kind: 'curve',
        points: [-TANGENT, TANGENT].map((t): Place => [foot[0] + t * tangent[0], foot[1] + t * tangent[1]]),
        color: 'muted',
        dash: '4 3',
      },
      ...shown.flatMap(({ point, gradient, degrees }): Layer[] => {
        const size = Math.hypot(gradient[0], gradient[1]);
        const to: Place = [point[0] + (ARROW * gradient[0]) / size, point[1] + (ARROW * gradient[1]) / size];
        return [
          { kind: 'arrow', from: point as Place, to, color: 'ink' },
          { kind: 'dot', at: point as Place, color: 'ink' },
          {
            kind: 'words',
            at: point as Place,
            words: `${degrees.toFixed(1)}°`,
            color: 'ink',
            anchor: 'end',
            offset: [-9, 12],
          },
        ];
      }),
    ],
  });
}

function angleCurve(angles: readonly GradientAngle[]): Panel {
  const points = angles.map(({ distance, cosine }): Place => [distance, cosine]);
  return plotPanel({
    title: '|cos(tangent, gradient)| over distance (log–log)',
    x: rangeOf(
      points.map(([x]) => x),
      'log',
    ),
    y: rangeOf(
      points.map(([, y]) => y),
      'log',
    ),
    xTitle: 'distance to the set',
    aspect: 1,
    layers: points.map((at, i): Layer => ({ kind: 'dot', at, color: i < 3 ? 'ink' : 'muted' })),
  });
}
