/**
 * Task `parity` (Barak et al. 2207.08799; Merrill et al. 2303.11873): strings of n signs, the label the product of k fixed
 * ones. A token is a bit, 0 for −1 and 1 for +1; class 1 is the product +1.
 */
import type { DatasetConfig } from '../config/index.ts';
import { Stream } from '../engine/philox.ts';
import type { Dataset } from './dataset.ts';
import { powerInputGroups } from './input-group/index.ts';
import { withLabelNoise } from './label-noise.ts';
import { dividePool, type Split, splitAtRandom } from './split.ts';

type ParityConfig = DatasetConfig<'parity'>;

/** With at most so many bits a sample is the beginning of a permutation of the cube; with more, strings are drawn. */
const PERMUTED_BITS = 16;

/**
 * Which bits count: the first k of a permutation from stream (seed, 'parity-coordinates'). Strings: see below, from stream
 * (seed, 'parity-strings'); of those that are drawn the first are the train pool, the others held out.
 */
export function parityDataset(config: ParityConfig): Dataset {
  const { n, k, seed } = config;
  const coordinates = [...new Stream(seed, 'parity-coordinates').permutation(n).slice(0, k).sort()];
  const strings = config.samples === 'all' ? wholeCube(n) : sample(config);
  const size = strings.length;
  const tokens = Array.from({ length: n }, (_, bit) =>
    Int32Array.from(strings, (string) => bitOf(string, bit)),
  );
  const cleanLabels = Int32Array.from({ length: size }, (_, example) => {
    const minuses = coordinates.filter((bit) => tokens[bit][example] === 0).length;
    return minuses % 2 === 0 ? 1 : 0;
  });
  const split = splitOf(size, config);
  return {
    size,
    tokens,
    vocabulary: 2,
    classes: 2,
    answers: 1,
    labels: withLabelNoise(cleanLabels, split.train, 2, config),
    cleanLabels,
    split,
    structure: { kind: 'parity', bits: n, coordinates },
    inputs: powerInputGroups(2, n),
  };
}

/** A string of bits as 32-bit words, bit 0 the lowest of the first. */
type BitString = readonly number[];

function bitOf(string: BitString, bit: number): number {
  return ((string[bit >>> 5] as number) >>> (bit & 31)) & 1;
}

/** All strings, counted as binary numbers whose lowest bit comes first. */
function wholeCube(n: number): BitString[] {
  return Array.from({ length: 1 << n }, (_, number) => [number]);
}

/** Different strings, each as likely as any other. */
function sample({ n, seed, train_samples, test_samples }: ParityConfig): BitString[] {
  const stream = new Stream(seed, 'parity-strings');
  const wanted = train_samples + test_samples;
  if (n <= PERMUTED_BITS)
    return [...stream.permutation(1 << n).subarray(0, wanted)].map((number) => [number]);
  const seen = new Set<string>();
  const strings: BitString[] = [];
  while (strings.length < wanted) {
    const string = Array.from({ length: Math.ceil(n / 32) }, () => stream.uint32());
    const unused = 32 * string.length - n;
    string[string.length - 1] = (string[string.length - 1] as number) >>> unused;
    const key = string.join();
    if (seen.has(key)) continue;
    seen.add(key);
    strings.push(string);
  }
  return strings;
}

function splitOf(size: number, config: ParityConfig): Split {
  if (config.samples === 'all') return splitAtRandom(size, config);
  const numbers = Int32Array.from({ length: size }, (_, example) => example);
  const { train_samples } = config;
  return dividePool({ pool: numbers.slice(0, train_samples), heldOut: numbers.slice(train_samples) }, config);
}
