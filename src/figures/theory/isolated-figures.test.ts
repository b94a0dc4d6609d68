import { expect, test } from 'vitest';
import { isBalanced } from '../../../test/figures/well-formed.ts';
import { geometricMean } from '../../theory/isolated/geometric-mean.ts';
import type { Observation } from '../../theory/isolated/observation.ts';
import { withTheme } from '../palette.ts';
import { isolatedDynamicsPanels } from './isolated-dynamics.ts';
import { overlayFigure } from './overlay.ts';
import { planesOverTime } from './planes-over-time.ts';
import { predictedObserved } from './predicted-observed.ts';

const observations: Observation[] = [0, 100, 200, 300].map((step, i) => ({
  step,
  tau: step / 100,
  train: { loss: 1e-28, accuracy: 1 },
  heldOut: { loss: 0.1 / (i + 1), accuracy: i / 3 },
  firstNorm: 9 - i,
  lastNorm: 12 - 2 * i,
  circles: {
    realNorms: Float64Array.of(1 + 0.1 / (i + 1), 0.5),
    imaginaryNorms: Float64Array.of(1, 0.5),
    cosines: Float64Array.of(0.2 / (i + 1), -0.1),
    samePattern: 0.6,
    otherPattern: 0.1,
  },
}));
const point = (tau: number) => ({
  step: 10 * tau,
  tau,
  trainLoss: 1e-5,
  trainAccuracy: 1,
  heldOutLoss: 0.1,
  heldOutAccuracy: tau / 3,
  firstNorm: 8,
  lastNorm: 8,
  weights: new Float64Array(0),
});
const trainings = [1, 0.1].map((ridge) => ({
  ridge,
  points: [0, 1, 3].map(point),
  distances: [0, 1, 3].map((tau) => ({ tau, weights: ridge * tau, geometry: tau / 10 })),
}));
const circle = (radius: number) => ({
  frequency: 2,
  share: 0.5,
  ratio: radius,
  cos: 0.01,
  points: Array.from({ length: 5 }, (_, t) => [radius * Math.cos(t), Math.sin(t)] as const),
});
const condition = {
  ridge: 0.1,
  fraction: 0.8,
  predicted: geometricMean([100, 120]),
  observed: geometricMean([110, 150]),
  ratio: geometricMean([1.1, 1.25]),
  censored: 0,
};
const runs = [
  { ridge: 0.1, predicted: 100, observed: 110 },
  { ridge: 0.1, predicted: 120, observed: 150 },
];

const figures = [
  ['the panels', isolatedDynamicsPanels({ title: 'modulo 5', observations, frequencies: [2, 1] })],
  ['the overlay', overlayFigure({ name: 'modulo 5', isolated: observations, trainings, stepSize: 0.01 })],
  [
    'the circles',
    planesOverTime({
      name: 'modulo 5',
      series: [
        { step: 0, planes: [circle(2)] },
        { step: 300, planes: [circle(1)] },
      ],
    }),
  ],
  [
    'the prediction',
    predictedObserved({ name: 'modulo 5', runs, conditions: [condition], words: 'as foretold' }),
  ],
] as const;

test.each(figures)('%s are a document of one name in either theme', (_what, drawn) => {
  const svg = drawn ?? '';
  expect(isBalanced(svg)).toBe(true);
  expect(svg).toContain('modulo 5');
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  for (const theme of ['light', 'dark'] as const) expect(withTheme(svg, theme)).not.toContain('var(--gs-');
});

test('the panels say when accuracy crosses ½, and leave out frequencies that there are not', () => {
  const [, withCircles] = figures[0];
  expect(withCircles).toContain('½ at 200');
  expect(withCircles).toContain('Im k = 2');
  const without = isolatedDynamicsPanels({
    title: 'S3',
    observations: observations.map((observation) => ({ ...observation, circles: undefined })),
    frequencies: [],
  });
  expect(without).not.toContain('Fourier');
});

test('without anything finite there is no figure of circles or predictions', () => {
  expect(predictedObserved({ name: 'x', runs: [], conditions: [], words: '' })).toBeNull();
  expect(planesOverTime({ name: 'x', series: [{ step: 0, planes: [circle(Number.NaN)] }] })).toBeNull();
});
