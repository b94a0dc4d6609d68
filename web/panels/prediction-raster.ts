/** All pairs (a, b) of a task as a picture: which are trained on and which held out, which the network answers rightly. */

import type { Examples } from '../run/examples.ts';

/** The four kinds of pairs. */
export const pairKinds = ['train-right', 'train-wrong', 'held-out-right', 'held-out-wrong'] as const;
export type PairKind = (typeof pairKinds)[number];

/** A picture by rows from the top, four bytes a pixel. */
export interface Raster {
  readonly side: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** Which kind an example is. */
export function kindOf(
  { isTrain }: Pick<Examples, 'isTrain'>,
  predictions: Uint8Array,
  example: number,
): PairKind {
  const split = isTrain[example] === 1 ? 'train' : 'held-out';
  return `${split}-${predictions[example] === 1 ? 'right' : 'wrong'}`;
}

/** How many examples there are of each kind. */
export function countKinds(
  examples: Pick<Examples, 'isTrain' | 'size'>,
  predictions: Uint8Array,
): Record<PairKind, number> {
  const counts = { 'train-right': 0, 'train-wrong': 0, 'held-out-right': 0, 'held-out-wrong': 0 };
  for (let example = 0; example < examples.size; example++) counts[kindOf(examples, predictions, example)]++;
  return counts;
}

/**
 * One pixel for each pair: a to the right, b upwards. Pairs that the task does not know (of unordered ones the lower
 * half) are transparent.
 * @param colors as #rrggbb
 */
export function predictionRaster(
  examples: Pick<Examples, 'isTrain' | 'size' | 'tokens' | 'vocabulary'>,
  predictions: Uint8Array,
  colors: Readonly<Record<PairKind, string>>,
): Raster {
  const { size, tokens, vocabulary: side } = examples;
  const [first, second] = tokens;
  const bytes = Object.fromEntries(pairKinds.map((kind) => [kind, channels(colors[kind])]));
  const pixels = new Uint8ClampedArray(4 * side * side);
  for (let example = 0; example < size; example++) {
    const [a, b] = [first[example], second[example]];
    pixels.set(bytes[kindOf(examples, predictions, example)], 4 * ((side - 1 - b) * side + a));
  }
  return { side, pixels };
}

function channels(color: string): [number, number, number, number] {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return [red, green, blue, 255];
}

/** A colour mixed into another, `share` of it from 0 to 1; both as #rrggbb. */
export function mixed(color: string, into: string, share: number): string {
  const [a, b] = [channels(color), channels(into)];
  const parts = [0, 1, 2].map((i) => Math.round(share * a[i] + (1 - share) * b[i]));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
