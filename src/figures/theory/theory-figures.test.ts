import { expect, test } from 'vitest';
import { isBalanced } from '../../../test/figures/well-formed.ts';
import {
  allToys,
  gradientAngle,
  type Orthogonality,
  type Stability,
  toyTrajectories,
} from '../../theory/index.ts';
import { palette, withTheme } from '../palette.ts';
import { orthogonalityFigure } from './orthogonality.ts';
import { stabilityFigure } from './stability.ts';
import { toyFigure } from './toys.ts';

const toys = allToys();
const stability: Stability = {
  trajectories: [0.1, 0.01].map((decay) => ({
    decay,
    times: [0, 0.1, 1, 10],
    distance: [0, decay, 3 * decay, 2 * decay],
    norm: [4, 4, 3.9, 3],
    loss: [0, 0, 0, 0],
    bounds: 0,
    largest: 3 * decay,
    largestAt: 1,
    firstOrder: 3 * decay,
  })),
  law: { slope: 1, factor: 3, determination: 1 },
};
const orthogonality: Orthogonality = {
  points: [0.1, 0.001].map((distance) => ({
    displacement: 2 * distance,
    distance,
    cosines: [0.1 * distance, 0.05 * distance],
    supremum: 0.5 * distance,
  })),
  lost: 0,
  tangentDimension: 7,
  constant: 0.1,
  supremumConstant: 0.5,
  law: { slope: 1, factor: 0.5, determination: 1 },
};

const figures: [string, (width: number) => string][] = [
  ...[1, 2, 3, 4].map((number): [string, (width: number) => string] => {
    const trajectories = toys
      .filter((toy) => toy.number === number)
      .flatMap((toy) => toyTrajectories(toy, [0.5, 0.1]));
    const angles = number === 4 ? [0.6, 0.3, 0.1, 0.01].map(gradientAngle) : [];
    return [`toy ${number}`, (width) => toyFigure(trajectories, angles, { width })];
  }),
  ['stability', (width) => stabilityFigure(stability, 'a network', { width })],
  ['orthogonality', (width) => orthogonalityFigure(orthogonality, 'a network', { width })],
];

test.each(figures)(
  '%s is well formed, has every colour on light and dark paper, and text on a phone too',
  (_, draw) => {
    for (const width of [720, 320]) {
      const svg = draw(width);
      expect(isBalanced(svg)).toBe(true);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      expect(svg).toContain(`width="${width}"`);
      for (const paper of ['light', 'dark'] as const) {
        const literal = withTheme(svg, paper);
        expect(literal).not.toContain('var(--gs-');
        expect(literal).toContain(palette[paper].ink);
      }
    }
  },
);

test('the figure of toy 1 names its decays, its shortest point and its ends for those who do not see it', () => {
  const svg = toyFigure(toyTrajectories(toys[0]), []);
  for (const words of ['λ = 0.2', 'λ = 0.01', '(1, 1)', 'from (-1, 1) to (0.995, 0.995)']) {
    expect(svg).toContain(words);
  }
});

test('a distance that passes through zero interrupts its curve instead of lying on the edge', () => {
  // λ = 0 comes to the line and stays there: the curve ends where nothing is left to see.
  const trajectories = toyTrajectories(toys[0], [0]);
  const svg = toyFigure(trajectories, []);
  expect(trajectories[0].distance.at(-1)).toBeLessThan(1e-9);
  expect(svg).not.toContain('NaN');
});

test('the slope and the constant stand in the figures', () => {
  expect(stabilityFigure(stability, 'a network')).toContain('slope 1.000');
  expect(orthogonalityFigure(orthogonality, 'a network')).toContain('C = 0.5');
});
