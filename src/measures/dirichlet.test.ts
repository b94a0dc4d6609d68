import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Stream } from '../engine/philox.ts';
import { dirichletEnergy } from './dirichlet.ts';
import { cycleGraph, nearestNeighbourGraph } from './neighbour-graph.ts';

const polygon = (n: number, frequency: number): Float64Array =>
  Float64Array.from({ length: 2 * n }, (_, i) => {
    const angle = (2 * Math.PI * frequency * Math.floor(i / 2)) / n;
    return 5 + (i % 2 ? Math.sin(angle) : Math.cos(angle));
  });

test('frequency k of a cycle of n nodes has energy 1 − cos(2πk/n)', () => {
  for (const [n, k] of [
    [3, 1],
    [10, 1],
    [10, 5],
    [53, 1],
    [53, 20],
    [113, 41],
  ]) {
    expect(dirichletEnergy(polygon(n, k), 2, cycleGraph(n))).toBeCloseTo(
      1 - Math.cos((2 * Math.PI * k) / n),
      12,
    );
  }
});

test('a circle of any frequency is smooth on its own neighbour graph', () => {
  for (const k of [1, 20]) {
    const points = polygon(53, k);
    expect(dirichletEnergy(points, 2, nearestNeighbourGraph(points, 53, 2))).toBeCloseTo(
      1 - Math.cos((2 * Math.PI) / 53),
      12,
    );
  }
});

// Of all n! arrangements the mean is n/(n − 1): each edge joins two different rows at random.
test('over all arrangements of the rows the energy is n/(n − 1) on average, on an irregular graph too', () => {
  const star = { nodes: 5, edges: Int32Array.from([0, 1, 0, 2, 0, 3, 0, 4, 3, 4]) };
  const rows = new Stream(2, 'rows').normals(5 * 3);
  let [sum, count] = [0, 0];
  const arrange = (order: number[]): void => {
    if (order.length === 5) {
      sum += dirichletEnergy(
        order.flatMap((i) => [...rows.subarray(3 * i, 3 * i + 3)]),
        3,
        star,
      );
      count++;
    }
    for (let i = 0; i < 5; i++) if (!order.includes(i)) arrange([...order, i]);
  };
  arrange([]);
  expect(count).toBe(120);
  expect(sum / count).toBeCloseTo(5 / 4, 12);
});

test('scale and offset change nothing', () => {
  const graph = nearestNeighbourGraph(new Stream(3, 'graph').normals(30), 15, 2);
  const values = new Stream(4, 'values').normals(60);
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      fc.integer({ min: -9, max: 9 }),
      (scale, shift) => {
        const other = values.map((x) => scale * x + shift);
        expect(dirichletEnergy(other, 4, graph)).toBeCloseTo(dirichletEnergy(values, 4, graph), 11);
      },
    ),
  );
});

test('equal rows have no energy to speak of', () => {
  expect(dirichletEnergy(new Float64Array(10).fill(0.1), 2, cycleGraph(5))).toBe(Number.NaN);
  expect(() => dirichletEnergy([1, 2, 3], 2, cycleGraph(5))).toThrow('must hold 5 × 2 = 10 numbers, got 3');
});
