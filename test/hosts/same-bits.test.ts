// After 300 steps every host holds the bits that were recorded for this numeric version.
import { describe, expect, inject, test } from 'vitest';
import { outcomesOf } from './ask.mjs';
import { FEW_STEPS, type Host, MANY_STEPS } from './experiments.mjs';
import { advice, digestsByName, type Recorded, recorded, throughStep } from './recorded.mjs';

/** One way to run the experiments. */
interface Variant {
  readonly what: string;
  readonly options?: Host;
  /** Of the kernels that must run. */
  readonly mode: 'fused' | 'emulated';
  readonly steps: number;
  /** The oldest Node that can. */
  readonly since?: number;
}

/** In every Node. Emulation takes ten times as long: few steps show a difference, and one Node does them all. */
const variants: readonly Variant[] = [
  { what: 'on one thread', mode: 'fused', steps: MANY_STEPS },
  { what: 'on two threads', options: { threads: 2 }, mode: 'fused', steps: MANY_STEPS },
  {
    what: 'with vectors joined to 256 bits, in the tiles that are faster',
    options: { revectorize: true, threads: 2 },
    mode: 'fused',
    steps: MANY_STEPS,
    since: 24,
  },
  {
    what: 'with vectors joined to 256 bits, in narrow tiles',
    options: { revectorize: true, tiles: 'narrow' },
    mode: 'fused',
    steps: FEW_STEPS,
    since: 24,
  },
  {
    what: 'with vectors joined to 256 bits, in wide tiles',
    options: { revectorize: true, tiles: 'wide' },
    mode: 'fused',
    steps: FEW_STEPS,
    since: 24,
  },
  { what: 'emulating multiply-adds', options: { kernels: 'emulated' }, mode: 'emulated', steps: FEW_STEPS },
];

const onlyHere: readonly Variant[] = [
  { what: 'on three threads', options: { threads: 3 }, mode: 'fused', steps: MANY_STEPS },
  { what: 'on eight threads', options: { threads: 8 }, mode: 'fused', steps: MANY_STEPS },
  { what: 'in wide tiles', options: { tiles: 'wide' }, mode: 'fused', steps: MANY_STEPS },
  {
    what: 'emulating multiply-adds all the way',
    options: { kernels: 'emulated', threads: 2, tiles: 'wide' },
    mode: 'emulated',
    steps: MANY_STEPS,
  },
];

const { digests } = recorded() as Recorded;
const running = Number.parseInt(process.versions.node, 10);

describe.each(inject('nodes'))('Node $major', (node) => {
  const able = variants.filter(({ since = 0 }) => node.major >= since);
  const all = node.major === running ? [...able, ...onlyHere] : able;
  for (const { what, options, mode, steps } of all) {
    test.concurrent(`${what}, the same bits`, async ({ skip }) => {
      if ('problem' in node) return skip(node.problem);
      const outcomes = await outcomesOf(node.path, { options, steps });
      for (const outcome of outcomes) {
        expect(outcome.mode).toBe(mode);
        expect(outcome.threads).toBe(options?.threads ?? 1);
        if (options?.tiles !== undefined) expect(outcome.tiles).toBe(options.tiles);
        expect(outcome.revectorized).toBe(options?.revectorize ?? false);
      }
      expect(digestsByName(outcomes), advice).toEqual(throughStep(digests, steps));
    });
  }
});

test('different results have different digests, so that the comparison can fail', () => {
  const all = Object.values(digests).flatMap((steps) => Object.values(steps).flatMap(Object.values));
  expect(all.length).toBeGreaterThanOrEqual(5 * 2 * 3);
  expect(new Set(all).size).toBe(all.length);
});
