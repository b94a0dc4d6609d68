/** `grokscope theory toys`: follows the toys and tells where they end. */

import { toyFigure } from '../../figures/theory/toys.ts';
import {
  ANGLE_CONSTANT,
  allToys,
  type GradientAngle,
  gradientAngle,
  type Point,
  type Toy,
  type ToyIntegrator,
  type ToyTrajectory,
  toyTrajectories,
} from '../../theory/index.ts';
import type { CsvData, NumberTable, TheoryReport } from './report.ts';

export interface ToysOptions {
  readonly seed?: number;
  readonly decay?: readonly number[];
  readonly integrator: 'adaptive' | 'rk4';
  readonly step: number;
}

/** Three to be drawn, then ever nearer ones. */
const DISTANCES = [0.6, 0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 3e-4, 1e-4];

/** @throws TheoryError for a negative λ or an unstable step */
export function toys(which: string, options: ToysOptions): TheoryReport {
  const integrator: ToyIntegrator = options.integrator === 'rk4' ? { step: options.step } : 'adaptive';
  const chosen = allToys(options.seed).filter(({ number }) => which === 'all' || which === String(number));
  const numbers = [...new Set(chosen.map(({ number }) => number))];
  const followed = new Map(
    numbers.map((number) => [
      number,
      chosen
        .filter((toy) => toy.number === number)
        .flatMap((toy) => toyTrajectories(toy, options.decay ?? toy.decays, integrator)),
    ]),
  );
  const angles = numbers.includes(4) ? DISTANCES.map(gradientAngle) : [];
  const tables: NumberTable[] = [];
  const figures = new Map<string, string>();
  const data = new Map<string, CsvData>();
  for (const [number, trajectories] of followed) {
    figures.set(`toy-${number}`, toyFigure(trajectories, number === 4 ? angles : []));
    for (const toy of new Set(trajectories.map((one) => one.toy))) {
      const ofToy = trajectories.filter((one) => one.toy === toy);
      tables.push(endsTable(toy, ofToy));
      data.set(`toy-${number}-${toy.name}`, trajectoryData(toy, ofToy));
    }
  }
  if (angles.length > 0) {
    tables.push(anglesTable(angles));
    data.set('toy-4-angles', anglesData(angles));
  }
  return { tables, figures, data };
}

function pointText(point: Point): string {
  return `(${point.map((value) => value.toFixed(3).replace(/^-0\.000$/, '0.000')).join(', ')})`;
}

function endsTable(toy: Toy, trajectories: readonly ToyTrajectory[]): NumberTable {
  const tested = toy.testLoss !== undefined;
  return {
    title: `Toy ${toy.number}, ${toy.name}: ${toy.network}; zero loss where ${toy.set}`,
    columns: [
      'λ',
      'start',
      'end',
      'closed form',
      'error',
      'λ → 0',
      'from it',
      'distance',
      'norm',
      ...(tested ? ['test loss'] : []),
      'settled',
    ],
    rows: trajectories.map((one) => {
      const last = one.times.length - 1;
      return [
        one.decay,
        `(${one.start.join(', ')})`,
        pointText(one.end),
        pointText(toy.rest(one.decay, one.start)),
        one.error,
        `(${toy.limit(one.start).join(', ')})`,
        one.fromLimit,
        one.distance[last],
        one.norm[last],
        ...(one.testLoss ? [one.testLoss[last]] : []),
        one.settled,
      ];
    }),
  };
}

function trajectoryData(toy: Toy, trajectories: readonly ToyTrajectory[]): CsvData {
  const tested = toy.testLoss !== undefined;
  const columns = ['decay', 'start', 'time', ...toy.axes.map((_, i) => `theta_${i + 1}`)];
  return {
    columns: [...columns, 'loss', 'norm', 'distance', ...(tested ? ['test_loss'] : [])],
    rows: trajectories.flatMap((one) =>
      one.times.map((time, i) => [
        one.decay,
        toy.starts.indexOf(one.start),
        time,
        ...one.points[i],
        one.loss[i],
        one.norm[i],
        one.distance[i],
        ...(one.testLoss ? [one.testLoss[i]] : []),
      ]),
    ),
  };
}

function anglesTable(angles: readonly GradientAngle[]): NumberTable {
  return {
    title: `Toy 4: the gradient beside the tangent at the nearest point; |cos|/distance tends to ${ANGLE_CONSTANT.toFixed(4)}`,
    columns: ['distance', 'point', 'angle', '|cos|', '|cos|/distance'],
    rows: angles.map(({ distance, point, degrees, cosine }) => [
      distance,
      pointText(point),
      `${degrees.toFixed(3)}°`,
      cosine,
      cosine / distance,
    ]),
  };
}

function anglesData(angles: readonly GradientAngle[]): CsvData {
  return {
    columns: ['distance', 'x', 'y', 'gradient_x', 'gradient_y', 'cosine', 'degrees'],
    rows: angles.map(({ distance, point, gradient, cosine, degrees }) => [
      distance,
      ...point,
      ...gradient,
      cosine,
      degrees,
    ]),
  };
}
