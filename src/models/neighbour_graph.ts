/** The graph that an embedding draws on its tokens: who is near whom (symmetrised k-nearest neighbours). */

export interface TokenGraph {
  readonly nodes: number;
  /** [edges, 2]: each edge once, as (i, j) with i < j, in ascending order. */
  readonly edges: Int32Array;
}

/**
 * An edge wherever one of two points is among the `neighbours` nearest of the other by Euclidean distance; of equally near
 * ones the first. The default is 2: a cycle gives every token two, and on a circle of any frequency they come in pairs
 * t ± s, which an odd number would cut by chance.
 *
 * @param points [count, width], row-major
 * @param neighbours 1 … count − 1
 * @throws {RangeError} for another number of neighbours, or points of another size
 */
export function nearestNeighbourGraph(
  points: ArrayLike<number>,
  count: number,
  width: number,
  neighbours = 2,
): TokenGraph {
  if (points.length !== count * width)
    throw new RangeError(
      `nearestNeighbourGraph: the points must hold ${count} × ${width} numbers, got ${points.length}; give them whole`,
    );
  if (!(Number.isInteger(neighbours) && neighbours >= 1 && neighbours < count)) {
    throw new RangeError(
      `nearestNeighbourGraph: the number of neighbours must be from 1 to ${count - 1}, got ${neighbours}; others are not there`,
    );
  }
  const distances = squaredDistances(points, count, width);
  const joined = new Uint8Array(count * count);
  for (let i = 0; i < count; i++) {
    const row = distances.subarray(i * count, (i + 1) * count);
    for (const j of nearest(row, i, neighbours)) joined[Math.min(i, j) * count + Math.max(i, j)] = 1;
  }
  const edges: number[] = [];
  for (const [place, one] of joined.entries())
    if (one === 1) edges.push(Math.floor(place / count), place % count);
  return { nodes: count, edges: Int32Array.from(edges) };
}

/** [count, count] */
function squaredDistances(points: ArrayLike<number>, count: number, width: number): Float64Array {
  const values = Float64Array.from(points);
  const distances = new Float64Array(count * count);
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j++) {
      const distance = squaredDistance(values, width, i, j);
      distances[i * count + j] = distance;
      distances[j * count + i] = distance;
    }
  return distances;
}

/** The points with the smallest distances but `self`, nearest first; of equal ones the first. A few of many: by insertion. */
function nearest(distances: Float64Array, self: number, wanted: number): number[] {
  const found: number[] = [];
  for (let j = 0; j < distances.length; j++) {
    if (j === self) continue;
    const distance = distances[j] as number;
    if (found.length === wanted && !(distance < (distances[found[wanted - 1] as number] as number))) continue;
    if (found.length === wanted) found.pop();
    let place = found.length;
    while (place > 0 && distance < (distances[found[place - 1] as number] as number)) place--;
    found.splice(place, 0, j);
  }
  return found;
}

/** Squares of differences, in order. */
function squaredDistance(points: Float64Array, width: number, i: number, j: number): number {
  let total = 0;
  for (let x = 0; x < width; x++) {
    const difference = (points[i * width + x] as number) - (points[j * width + x] as number);
    total += difference * difference;
  }
  return total;
}

/** [nodes, nodes]: 1 where an edge is, in both directions. */
export function adjacencyMatrix({ nodes, edges }: TokenGraph): Float64Array {
  const matrix = new Float64Array(nodes * nodes);
  for (let e = 0; e < edges.length; e += 2) {
    const [i, j] = [edges[e] as number, edges[e + 1] as number];
    matrix[i * nodes + j] = 1;
    matrix[j * nodes + i] = 1;
  }
  return matrix;
}
