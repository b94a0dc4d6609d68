import { expect, test } from 'vitest';
import { parseExperiment } from '../../config/index.ts';
import { buildDataset } from '../../tasks/index.ts';
import { DirectionComparison } from '../../theory/direction/compare.ts';
import { resolveDirection } from '../../theory/direction/options.ts';
import type { DirectionRow } from '../../theory/direction/training.ts';
import { ZeroLossNetwork } from '../../theory/zero-loss/network.ts';
import type { Host } from '../host.ts';
import {
  type DirectionForecast,
  DirectionProgress,
  forecastWords,
  mostSeconds,
} from './direction-progress.ts';

const forecast: DirectionForecast = {
  rows: 456_385,
  columns: 145_500,
  secondsOfJ: 0.05,
  mostIterations: 2000,
  comparisons: 3,
};

test('the bound is that of two projections for each comparison, and of a third with products of two maps for kinks', () => {
  expect(mostSeconds(forecast)).toBeCloseTo(600, 9); // 3 × 2 × 2,000 × 0.05 s
  expect(mostSeconds({ ...forecast, secondsOfKinks: 0.03 })).toBeCloseTo(600 + 480, 9); // + 3 × 2,000 × 0.08 s
});

test('it is said as a bound, with what it is made of, from half a minute on', () => {
  const words = forecastWords(forecast);
  expect(words).toMatch(/^J has 456,385 rows and 145,500 columns: at most about 10 min 0 s /);
  expect(words).toMatch(/for 3 comparisons, were each of the 6 projections to take all 2,000 iterations/);
  expect(forecastWords({ ...forecast, comparisons: 1, secondsOfKinks: 0.03 })).toMatch(
    /6 min 0 s .* one comparison, were each of the 3 projections/,
  );
  expect(forecastWords({ ...forecast, comparisons: 1, mostIterations: 299 })).toBeUndefined(); // 29.9 s
  expect(forecastWords({ ...forecast, comparisons: 1, mostIterations: 300 })).toMatch(/30\.0 s/);
});

function listeningHost() {
  const written: string[] = [];
  const err = { write: (text: string) => void written.push(text), isTerminal: false };
  return { written, host: { err } as unknown as Host };
}

const row = { step: 25, iterations: 7, residual: 1e-11 } as DirectionRow;

test.each(['relu', 'quadratic'])(
  'a %s network whose limits allow hours is announced once, and each comparison told; one of seconds is silent',
  async (activation) => {
    const { experiment } = parseExperiment(`
dataset: {N: 5, train_fraction: 0.6}
model: {type: two_layer, hidden_dim: 10, activation: ${activation}}
train: {loss: mse}`);
    const network = await ZeroLossNetwork.open(experiment, buildDataset(experiment));
    try {
      network.set(new Float64Array(network.columns).fill(0.1));
      const comparisonOf = (mostIterations: number) =>
        new DirectionComparison(network, resolveDirection(experiment, { method: 'cg', mostIterations }));
      const long = listeningHost();
      const progress = new DirectionProgress(2, long.host);
      for (let seed = 0; seed < 2; seed++) progress.ready(comparisonOf(1e9));
      progress.row(row);
      expect(long.written).toHaveLength(2);
      expect(long.written[0]).toMatch(
        activation === 'relu' ? /each of the 6 projections/ : /each of the 4 projections/,
      );
      expect(long.written[1]).toMatch(
        /^comparison 1 of 2, at step 25: g̃ after 7 iterations, residual 1\.0e-11;/,
      );
      const short = listeningHost();
      const quick = new DirectionProgress(2, short.host);
      quick.ready(comparisonOf(1));
      quick.row(row);
      expect(short.written).toEqual([]);
    } finally {
      await network.close();
    }
  },
);
