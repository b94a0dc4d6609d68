/** `grokscope theory stability`: how far gradient flow strays from zero loss, for several λ. */

import { stabilityFigure } from '../../figures/theory/stability.ts';
import { regularPoint, type Stability, stability } from '../../theory/index.ts';
import type { Host } from '../host.ts';
import { type NetworkOptions, openTheoryNetwork } from './network.ts';
import type { CsvData, TheoryReport } from './report.ts';

export interface StabilityCommandOptions extends NetworkOptions {
  readonly decay: readonly number[];
  readonly horizon: number;
  readonly step?: number;
}

/** @throws ConfigError, TheoryError */
export async function stabilityReport(options: StabilityCommandOptions, host: Host): Promise<TheoryReport> {
  const { decay, horizon, step } = options;
  const { residuals, words } = await openTheoryNetwork(options);
  const { theta, rowSpace } = regularPoint(residuals, residuals.initial);
  const onDecay = (value: number) => {
    if (host.err.isTerminal) host.err.write(`following λ = ${value} …\n`);
  };
  const result = stability(residuals, theta, { decays: decay, horizon, step, onDecay });
  const { law, trajectories } = result;
  const bounded = trajectories.reduce((sum, { bounds }) => sum + bounds, 0);
  const seen = trajectories.reduce((sum, { times }) => sum + times.length, 0);
  return {
    tables: [
      {
        title: `Stability of ${words}: gradient flow from zero loss for 1/λ × ${horizon}`,
        columns: ['λ', 'largest distance', 'at time', 'first order', 'last distance', 'norm', 'last norm'],
        rows: trajectories.map(({ decay, largest, largestAt, firstOrder, distance, norm }) => [
          decay,
          largest,
          largestAt,
          firstOrder,
          distance[distance.length - 1],
          norm[0],
          norm[norm.length - 1],
        ]),
      },
      {
        title: 'Largest distance = C·λ^a',
        columns: ['a', 'C', 'R²', 'rank J', 'residuals', 'tangent dimensions'],
        rows: [
          [
            law.slope,
            law.factor,
            law.determination,
            rowSpace.rank,
            residuals.residuals,
            residuals.parameters - rowSpace.rank,
          ],
        ],
      },
    ],
    remarks: [
      'Distance: projection onto the linearised set, repeated until a step is below 1e-12 of the norm. First order: λ‖J⁺J⁺ᵀθ‖.',
      ...(bounded > 0
        ? [
            `At ${bounded} of ${seen} times the nearest point lies on a kink; the distance is that of the point Newton's method reaches, a bound from above.`,
          ]
        : []),
    ],
    figures: new Map([['stability', stabilityFigure(result, words)]]),
    data: new Map([
      ['stability', summaryData(result)],
      ['stability-trajectories', trajectoryData(result)],
    ]),
  };
}

function summaryData({ trajectories }: Stability): CsvData {
  return {
    columns: ['decay', 'largest_distance', 'largest_at', 'first_order', 'bounds'],
    rows: trajectories.map((one) => [one.decay, one.largest, one.largestAt, one.firstOrder, one.bounds]),
  };
}

function trajectoryData({ trajectories }: Stability): CsvData {
  return {
    columns: ['decay', 'time', 'distance', 'norm', 'loss'],
    rows: trajectories.flatMap((one) =>
      one.times.map((time, i) => [one.decay, time, one.distance[i], one.norm[i], one.loss[i]]),
    ),
  };
}
