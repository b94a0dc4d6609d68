import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Stream } from '../engine/index.ts';
import { adjacencyMatrix, nearestNeighbourGraph } from './neighbour_graph.ts';

test('in the matrix every point is joined to at least as many, both ways, and never to itself', () => {
  const cases = fc.record({ count: fc.integer({ min: 2, max: 12 }), wanted: fc.nat(), seed: fc.nat(1000) });
  fc.assert(
    fc.property(cases, ({ count, wanted, seed }) => {
      const neighbours = 1 + (wanted % (count - 1));
      const points = new Stream(seed, 'points').normals(3 * count);
      const matrix = adjacencyMatrix(nearestNeighbourGraph(points, count, 3, neighbours));
      for (let i = 0; i < count; i++) {
        const row = [...matrix.subarray(i * count, (i + 1) * count)];
        expect(row[i]).toBe(0);
        expect(row.reduce((total, one) => total + one, 0)).toBeGreaterThanOrEqual(neighbours);
        for (const [j, one] of row.entries()) expect(matrix[j * count + i]).toBe(one);
      }
    }),
  );
});

test('points of another size are refused', () => {
  expect(() => nearestNeighbourGraph([0, 1, 2], 2, 2)).toThrow('the points must hold 2 × 2 numbers, got 3');
});
