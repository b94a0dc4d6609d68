import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Stream } from '../engine/philox.ts';
import { componentCount, cycleGraph, nearestNeighbourGraph } from './neighbour-graph.ts';

function polygon(n: number, frequency: number): Float64Array {
  return Float64Array.from({ length: 2 * n }, (_, i) => {
    const angle = (2 * Math.PI * frequency * Math.floor(i / 2)) / n;
    return i % 2 ? Math.sin(angle) : Math.cos(angle);
  });
}

test('the two nearest neighbours on a regular polygon make the cycle', () => {
  for (const n of [5, 12, 53]) expect(nearestNeighbourGraph(polygon(n, 1), n, 2)).toEqual(cycleGraph(n));
});

test('on a circle of frequency k the neighbours of t are t ± 1/k mod p', () => {
  const { edges } = nearestNeighbourGraph(polygon(53, 7), 53, 2); // 7·38 = 266 = 5·53 + 1
  for (let e = 0; e < edges.length; e += 2) {
    const step = edges[e + 1] - edges[e];
    expect([38, 53 - 38]).toContain(step);
  }
  expect(edges.length).toBe(2 * 53);
});

test('an edge needs only one of its two ends', () => {
  // On the line, 0 and 1 name each other; 10 names 1, which does not name 10.
  expect([...nearestNeighbourGraph([0, 1, 10], 3, 1, 1).edges]).toEqual([0, 1, 1, 2]);
});

test('of equally near points the first is taken', () => {
  expect([...nearestNeighbourGraph([0, 1, -1, 5], 4, 1, 1).edges]).toEqual([0, 1, 0, 2, 1, 3]);
  expect([...nearestNeighbourGraph([2, 2, 2, 2], 4, 1, 1).edges]).toEqual([0, 1, 0, 2, 0, 3]);
});

test('every point is joined to the nearest others, found by sorting', () => {
  const shape = fc.tuple(fc.integer({ min: 2, max: 15 }), fc.integer({ min: 1, max: 4 }), fc.nat(1000));
  fc.assert(
    fc.property(shape, fc.integer({ min: 1, max: 14 }), ([count, width, seed], wanted) => {
      const neighbours = Math.min(wanted, count - 1);
      const points = new Stream(seed, 'points').normals(count * width);
      const joined = new Set<string>();
      for (let i = 0; i < count; i++) {
        const far = (j: number) =>
          Math.hypot(
            ...Array.from({ length: width }, (_, x) => points[i * width + x] - points[j * width + x]),
          );
        const others = Array.from({ length: count }, (_, j) => j).filter((j) => j !== i);
        for (const j of others.sort((a, b) => far(a) - far(b)).slice(0, neighbours)) {
          joined.add(`${Math.min(i, j)} ${Math.max(i, j)}`);
        }
      }
      const { edges } = nearestNeighbourGraph(points, count, width, neighbours);
      const found = Array.from({ length: edges.length / 2 }, (_, e) => `${edges[2 * e]} ${edges[2 * e + 1]}`);
      expect(new Set(found)).toEqual(joined);
      expect(found.length).toBe(joined.size);
    }),
  );
});

test('two clusters are two components, a cycle is one', () => {
  expect(componentCount(nearestNeighbourGraph([0, 1, 2, 100, 101, 102], 6, 1))).toBe(2);
  expect(componentCount(cycleGraph(9))).toBe(1);
  expect(componentCount({ nodes: 3, edges: new Int32Array() })).toBe(3);
});

test('as many neighbours as points, and a cycle of two, are refused', () => {
  expect(() => nearestNeighbourGraph([0, 1, 2], 3, 1, 3)).toThrow('must be from 1 to 2, got 3');
  expect(() => cycleGraph(2)).toThrow('at least 3 nodes, got 2');
});
