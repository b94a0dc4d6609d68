import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawnCells } from '../../test/figures/drawn-cells.ts';
import { simulatedSpectrum } from '../../test/figures/simulated-run.ts';
import { isBalanced } from '../../test/figures/well-formed.ts';
import { HEAT_LEVELS } from './color-scales.ts';
import { spectrumHeatMap } from './spectrum-heat-map.ts';

/** p rows of p zeros, with the power given in some modes. */
function lonely(p: number, ...modes: [i: number, j: number, power: number][]): number[][] {
  const power = Array.from({ length: p }, () => new Array<number>(p).fill(0));
  for (const [i, j, value] of modes) power[i][j] = value;
  return power;
}

const draw = (power: number[][], diagonal?: 'main' | 'anti' | 'none') =>
  spectrumHeatMap({ name: 'run', step: 500, power, diagonal });

function words(svg: string): string {
  return /<desc>(.*)<\/desc>/.exec(svg)?.[1].replaceAll('\u00a0', ' ') ?? '';
}

test('a mode (i, j) stands i to the right of the middle and j above it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }).chain((half) => {
        const frequency = fc.integer({ min: -half, max: half });
        return fc.tuple(fc.constant(half), frequency, frequency);
      }),
      ([half, i, j]) => {
        const p = 2 * half + 1;
        const cells = drawnCells(draw(lonely(p, [(i + p) % p, (j + p) % p, 7])), p, p);
        const lit = cells.flatMap((row, y) => row.flatMap((level, x) => (level > 0 ? [[x, y]] : [])));
        expect(lit).toEqual([[half + i, half - j]]);
      },
    ),
  );
});

test('each decade of share is as many colours higher', () => {
  const power = lonely(5, [0, 0, 1], [1, 1, 1e-3], [2, 2, 1e-9]);
  const cells = drawnCells(draw(power), 5, 5);
  expect([cells[2][2], cells[1][3], cells[0][4]]).toEqual([HEAT_LEVELS - 1, HEAT_LEVELS / 2 - 1, 0]);
});

test('the caption says how much is on the diagonal and where the power is', () => {
  const power = lonely(7, [0, 0, 2], [2, 2, 3], [5, 5, 3], [1, 6, 1], [6, 1, 1]);
  expect(words(draw(power))).toContain(
    'functions of a + b: 75% of the power without (0, 0). The mode (0, 0) holds 20% of all power; strongest: ±(2, 2) 60%, ±(1, −1) 20%.',
  );
  expect(words(draw(power, 'anti'))).toContain('functions of a − b: 25% of the power without (0, 0).');
  expect(words(draw(power, 'none'))).not.toContain('functions of');
});

test('the strongest modes are those of a direct search, their shares those of both signs', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 9 }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (p, numbers) => {
        const power = Array.from({ length: p }, () =>
          Array.from({ length: p }, () => numbers.next().value + 0.001),
        );
        const opposite = (k: number) => (p - k) % p;
        const symmetric = power.map((row, i) =>
          row.map((value, j) => value + power[opposite(i)][opposite(j)]),
        );
        const total = symmetric.flat().reduce((a, b) => a + b, 0);
        const best = symmetric
          .flatMap((row, i) =>
            row.map((value, j) =>
              i === 0 && j === 0 ? 0 : value * (i === opposite(i) && j === opposite(j) ? 1 : 2),
            ),
          )
          .reduce((a, b) => Math.max(a, b), 0);
        const share = Number(/strongest: ±\([^)]*\) ([\d.]+)%/.exec(words(draw(symmetric)))?.[1]);
        expect(share).toBeCloseTo((100 * best) / total, 0);
      },
    ),
    { numRuns: 40 },
  );
});

test('without power, or with power that is not finite, it is an empty map that says so', () => {
  for (const [value, sentence] of [
    [0, 'There is no power: all logits are zero.'],
    [Number.NaN, 'The power is not finite: training has diverged.'],
    [Number.POSITIVE_INFINITY, 'The power is not finite: training has diverged.'],
  ] as const) {
    const svg = draw(lonely(5, [1, 1, value]));
    expect(words(svg)).toContain(sentence);
    expect(drawnCells(svg, 5, 5).flat()).toEqual(new Array(25).fill(0));
    expect(svg).not.toMatch(/NaN|Infinity/);
  }
});

test('what is no square of powers is refused', () => {
  expect(() => draw([])).toThrow('power must be p rows of p numbers, got 0 rows');
  expect(() => draw([[1, 2]])).toThrow('power must be p rows of p numbers, got 1 rows, one of 2');
  expect(() => draw([[-1]])).toThrow('power cannot be negative, got -1');
});

test('for p = 113 it is below 150 KB, with any power, and well formed at every width', () => {
  // Levels in turns: no two neighbours alike, the longest file there is.
  const worst = Array.from({ length: 113 }, (_, i) =>
    Array.from({ length: 113 }, (_, j) => 10 ** -((3 * i + 5 * j) % 7)),
  );
  expect(draw(worst).length).toBeLessThan(150_000);
  for (const width of [240, 360, 720]) {
    const svg = spectrumHeatMap(
      { name: 'run', step: 1, power: simulatedSpectrum(113, [3, 50], 1e-3) },
      { width },
    );
    expect(svg.length).toBeLessThan(100_000);
    expect(isBalanced(svg)).toBe(true);
    const [, w] = /^<svg [^>]* width="(\d+)"/.exec(svg) ?? [];
    expect(Number(w)).toBeLessThanOrEqual(width);
  }
});
