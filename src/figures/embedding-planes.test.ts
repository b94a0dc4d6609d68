import fc from 'fast-check';
import { expect, test } from 'vitest';
import { simulatedPlane } from '../../test/figures/simulated-run.ts';
import { isBalanced } from '../../test/figures/well-formed.ts';
import { embeddingPlanes } from './embedding-planes.ts';

type Point = [x: number, y: number];

function draw(planes: ReturnType<typeof simulatedPlane>[], width?: number): string {
  return embeddingPlanes({ name: 'run', step: 500, planes }, { width }) ?? '';
}

/** The corners of the closed line of each plane. */
function lines(svg: string): Point[][] {
  return [...svg.matchAll(/<path d="M([^"]*)Z" class="stroke-axis"/g)].map(([, d]) =>
    d.split('L').map((corner) => corner.split(',').map(Number) as Point),
  );
}

const distance = ([a, b]: Point, [c, d]: Point) => Math.hypot(a - c, b - d);

test('a circle of any frequency is drawn as one: its line goes round once, in equal sides', () => {
  fc.assert(
    fc.property(fc.constantFrom(7, 11, 23, 113), fc.nat(), (p, number) => {
      const frequency = 1 + (number % ((p - 1) / 2));
      const [corners] = lines(draw([simulatedPlane(p, frequency, 1, 1, 0)], 400));
      expect(corners).toHaveLength(p);
      const sides = corners.map((corner, i) => distance(corner, corners[(i + 1) % p]));
      const mean = (axis: 0 | 1) => corners.reduce((sum, corner) => sum + corner[axis], 0) / p;
      const radius = distance(corners[0], [mean(0), mean(1)]);
      expect(radius).toBeGreaterThan(50);
      for (const side of sides) expect(side).toBeCloseTo(2 * radius * Math.sin(Math.PI / p), 1);
    }),
    { numRuns: 30 },
  );
});

test('both directions have one scale: an ellipse keeps its shape', () => {
  const [corners] = lines(draw([simulatedPlane(113, 5, 1, 0.5, 0)]));
  const extent = (axis: 0 | 1) =>
    Math.max(...corners.map((corner) => corner[axis])) - Math.min(...corners.map((corner) => corner[axis]));
  expect(extent(0) / extent(1)).toBeCloseTo(0.5, 2);
});

test('every token is a dot of its colour, at its corner of the line', () => {
  const svg = draw([simulatedPlane(48, 1, 1, 1, 0.3)]);
  const [corners] = lines(svg);
  const dots = [...svg.matchAll(/<path d="([^"]*)" class="stroke-cycle(\d+)"/g)].flatMap(([, d, color]) =>
    [...d.matchAll(/M([\d.]+),([\d.]+)h/g)].map(([, x, y]) => ({
      color: Number(color),
      at: [Number(x), Number(y)],
    })),
  );
  // With k = 1 the line runs through the tokens in order, and two tokens share a colour.
  const expected = corners.map((at, token) => ({ color: Math.floor(token / 2), at }));
  expect(dots).toEqual(expected);
});

test('of more than five planes the first five are drawn, planes that are not finite are left out', () => {
  const planes = [1, 2, 3, 4, 5, 6].map((k) => simulatedPlane(13, k, 0.1, 1, 0.1));
  expect(lines(draw(planes))).toHaveLength(5);
  const broken = { ...planes[0], points: [[Number.NaN, 0] as Point] };
  expect(lines(draw([broken, ...planes.slice(4)]))).toHaveLength(2);
  expect(embeddingPlanes({ name: 'run', step: 1, planes: [broken] })).toBeNull();
});

test('captions give share, ratio and cosine in numbers', () => {
  const svg = draw([{ ...simulatedPlane(13, 4, 0.314, 1, 0), ratio: 0.975, cos: 0.009 }]);
  expect(svg).toContain('<desc>k = 4: 31.4% of power, ‖Re‖ / ‖Im‖ = 0.975, |cos(Re, Im)| = 0.009.</desc>');
});

test('at every width all stays inside and well formed, a point of no extent too', () => {
  const planes = [1, 2, 3].map((k) => simulatedPlane(13, k, 0.3, 1, 1));
  const still = { ...planes[0], points: planes[0].points.map((): Point => [0, 0]) };
  for (const width of [240, 360, 720, 1200]) {
    const svg = draw([...planes, still], width);
    expect(isBalanced(svg)).toBe(true);
    for (const [x, y] of lines(svg).flat()) {
      expect(x).toBeGreaterThan(14);
      expect(x).toBeLessThan(width - 14);
      expect(y).toBeGreaterThan(60);
    }
  }
});
