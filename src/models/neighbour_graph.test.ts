import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Stream } from '../engine/index.ts';
import { adjacencyMatrix, nearestNeighbourGraph } from './neighbour_graph.ts';

/** Residues on a circle that they go round `frequency` times. */
function circle(n: number, frequency: number): Float64Array {
  return Float64Array.from({ length: 2 * n }, (_, i) => {
    const angle = (2 * Math.PI * ((frequency * Math.floor(i / 2)) % n)) / n;
    return i % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
  });
}

test('two neighbours on a circle of frequency k make the cycle of steps 1/k', () => {
  const [n, frequency, inverse] = [53, 7, 38]; // 7 · 38 = 266 = 5 · 53 + 1
  const { edges } = nearestNeighbourGraph(circle(n, frequency), n, 2, 2);
  expect(edges).toHaveLength(2 * n);
  for (let e = 0; e < edges.length; e += 2)
    expect([inverse, n - inverse]).toContain((edges[e + 1] as number) - (edges[e] as number));
});

test('one of two ends is enough, and of equally near points the first is taken', () => {
  // 10 names 1, which names 0.
  expect([...nearestNeighbourGraph([0, 1, 10], 3, 1, 1).edges]).toEqual([0, 1, 1, 2]);
  expect([...nearestNeighbourGraph([2, 2, 2, 2], 4, 1, 1).edges]).toEqual([0, 1, 0, 2, 0, 3]);
});

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

test('as many neighbours as points are refused', () => {
  expect(() => nearestNeighbourGraph([0, 1, 2], 3, 1, 3)).toThrow(
    'needs from 1 to 2 neighbours of 3 points, got 3',
  );
});
