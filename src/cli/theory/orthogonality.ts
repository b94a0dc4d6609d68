/** `grokscope theory orthogonality`: the gradient against tangents of the zero-loss set, ever nearer to it. */

import { orthogonalityFigure } from '../../figures/theory/orthogonality.ts';
import { type Orthogonality, orthogonality, RANK_TOLERANCE, regularPoint } from '../../theory/index.ts';
import { type NetworkOptions, openTheoryNetwork } from './network.ts';
import type { CsvData, TheoryReport } from './report.ts';

export interface OrthogonalityCommandOptions extends NetworkOptions {
  readonly points: number;
  readonly tangents: number;
  readonly rank_tolerance: number;
}

/** @throws ConfigError, TheoryError */
export async function orthogonalityReport(options: OrthogonalityCommandOptions): Promise<TheoryReport> {
  const { points, tangents, rank_tolerance } = options;
  const { experiment, residuals, words } = await openTheoryNetwork(options);
  const point = regularPoint(residuals, residuals.initial, rank_tolerance);
  const result = orthogonality(residuals, point, {
    seed: experiment.seed,
    points,
    tangents,
    rankTolerance: rank_tolerance,
  });
  const { law, constant, supremumConstant, tangentDimension, lost } = result;
  const displacements = [...new Set(result.points.map(({ displacement }) => displacement))];
  return {
    tables: [
      {
        title: `Orthogonality in ${words}: |cos(v, gradient)|, v tangent at the nearest zero-loss point`,
        columns: [
          'moved by',
          'points',
          'distance',
          'random v, mean',
          'random v, largest',
          'largest of all v',
          '÷ distance',
        ],
        rows: displacements.map((displacement) => {
          const here = result.points.filter((one) => one.displacement === displacement);
          const cosines = here.flatMap((one) => one.cosines);
          return [
            displacement,
            here.length,
            mean(here.map(({ distance }) => distance)),
            mean(cosines),
            Math.max(...cosines),
            Math.max(...here.map(({ supremum }) => supremum)),
            Math.max(...here.map(({ supremum, distance }) => supremum / distance)),
          ];
        }),
      },
      {
        title: '|cos| ≤ C·distance; largest of all v = c·distance^a',
        columns: ['C, random v', 'C, all v', 'a', 'c', 'R²', 'rank J', 'residuals', 'tangent dimensions'],
        rows: [
          [
            constant,
            supremumConstant,
            law.slope,
            law.factor,
            law.determination,
            point.rowSpace.rank,
            residuals.residuals,
            tangentDimension,
          ],
        ],
      },
    ],
    remarks: [
      `Tangents: ker J, its rank by pivoted QR to ${rank_tolerance === RANK_TOLERANCE ? '1e-10' : rank_tolerance} of the largest diagonal entry.`,
      ...(lost > 0
        ? [
            `${lost} points are left out: too far out, or beside a kink, no nearest zero-loss point was found.`,
          ]
        : []),
    ],
    figures: new Map([['orthogonality', orthogonalityFigure(result, words)]]),
    data: new Map([['orthogonality', pointData(result)]]),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function pointData({ points }: Orthogonality): CsvData {
  const tangents = points[0].cosines.map((_, i) => `cosine_${i + 1}`);
  return {
    columns: ['displacement', 'distance', 'supremum', ...tangents],
    rows: points.map((one) => [one.displacement, one.distance, one.supremum, ...one.cosines]),
  };
}
