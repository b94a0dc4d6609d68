import { expect, test } from 'vitest';
import { isBalanced } from '../../../test/figures/well-formed.ts';
import type { ComparisonResult } from '../../trials/analysis.ts';
import type { Comparison } from '../../trials/trial.ts';
import { forestPlot, predictedRange } from './forest-plot.ts';

function result(
  part: Partial<Pick<ComparisonResult, 'effect' | 'interval' | 'scale' | 'verdict'>>,
  asked: Partial<Pick<Comparison, 'expect' | 'by'>> = {},
): ComparisonResult {
  return {
    comparison: {
      name: 'decay 1 against none',
      arm: 'decay 1',
      endpoint: 'time to grok',
      against: { arm: 'none' },
      expect: 'smaller',
      by: 0.8,
      test: 'restricted_mean',
      ...asked,
    },
    pairs: 20,
    missing: [],
    effect: 0.5,
    scale: 'ratio',
    interval: { low: 0.25, high: 1 },
    p: 0.04,
    pHolm: 0.04,
    pMinimal: 0.9,
    pMinimalHolm: 0.9,
    verdict: 'undecided',
    reason: 'because',
    seedsNeeded: 40,
    times: null,
    ...part,
  };
}

function draw(row: ComparisonResult, width = 860): string {
  const rows = [{ result: row, color: 'arm1' as const }];
  return forestPlot({ title: 'Ratios', axisTitle: 'ratio', scale: row.scale, rows }, { width });
}

/** Ends of the interval, and the middle of the square, in px. */
function drawnEffect(svg: string): { low: number; high: number; effect: number } {
  const [, low, , high] = /<path d="M([\d.]+),([\d.]+)L([\d.]+),\2" class="stroke-arm1"/.exec(svg) ?? [];
  const [, x] = /<rect x="([\d.]+)"[^>]*class="fill-arm1"/.exec(svg) ?? [];
  return { low: Number(low), high: Number(high), effect: Number(x) + 5 };
}

/** Where the line of no effect is; another one stands in the legend. */
function noEffectAt(svg: string): number {
  const lines = [...svg.matchAll(/d="M([\d.]+),[\d.]+L\1,[\d.]+" class="stroke-ink" stroke-width="1.25"/g)];
  return Number(lines.at(-1)?.[1]);
}

test('a ratio and its inverse lie equally far from no effect: the scale is logarithmic', () => {
  const svg = draw(result({ effect: 0.5, interval: { low: 0.25, high: 2 } }));
  const { low, high, effect } = drawnEffect(svg);
  const none = noEffectAt(svg);
  expect(high - none).toBeCloseTo(none - effect, 1);
  expect(none - low).toBeCloseTo(2 * (none - effect), 1);
});

test('differences lie on a linear scale around 0', () => {
  const asked = { expect: 'larger', by: 10 } as const;
  const svg = draw(result({ effect: 20, interval: { low: -10, high: 50 }, scale: 'difference' }, asked));
  const { low, high, effect } = drawnEffect(svg);
  expect(high - effect).toBeCloseTo(effect - low, 1);
  expect(noEffectAt(svg) - low).toBeCloseTo((effect - low) / 3, 1);
});

test('what the claim predicts begins at the minimal effect', () => {
  expect(predictedRange(result({}))).toEqual([0, 0.8]);
  expect(predictedRange(result({}, { expect: 'larger', by: 1.25 }))).toEqual([
    1.25,
    Number.POSITIVE_INFINITY,
  ]);
  expect(predictedRange(result({}, { expect: 'same', by: 0.8 }))).toEqual([0.8, 1.25]);
  expect(predictedRange(result({ scale: 'difference' }, { by: 3 }))).toEqual([Number.NEGATIVE_INFINITY, -3]);
  expect(predictedRange(result({ scale: 'difference' }, { expect: 'same', by: 3 }))).toEqual([-3, 3]);
});

test('the predicted range is tinted to the end of the axis where it is open', () => {
  const svg = draw(
    result({ effect: 20, interval: { low: 5, high: 35 }, scale: 'difference' }, { expect: 'larger', by: 10 }),
  );
  const zones = [
    ...svg.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="34" class="fill-grokked"/g),
  ];
  expect(zones).toHaveLength(1);
  const [, x, width] = zones[0].map(Number);
  const { effect, high } = drawnEffect(svg);
  expect(x).toBeLessThan(effect);
  expect(x).toBeGreaterThan(noEffectAt(svg));
  expect(x + width).toBeGreaterThan(high);
});

test('an endless interval ends in an arrow at the edge, a finite one in two strokes', () => {
  const arrows = (svg: string) =>
    svg.match(/d="M[\d.]+,[\d.]+L[\d.]+,[\d.]+L[\d.]+,[\d.]+" class="stroke-arm1"/g) ?? [];
  expect(arrows(draw(result({})))).toHaveLength(0);
  const endless = draw(result({ interval: { low: 0.3, high: Number.POSITIVE_INFINITY } }));
  expect(arrows(endless)).toHaveLength(1);
  expect(drawnEffect(endless).high).toBeGreaterThan(drawnEffect(endless).effect);
  expect(endless).toContain('0.3 to ∞');
});

test.each([860, 340])('at %i px the row says name, effect, interval and verdict', (width) => {
  const svg = draw(result({ verdict: 'supported' }), width);
  expect(isBalanced(svg)).toBe(true);
  for (const words of ['>decay 1 against none<', '>× 0.5 (0.25 to 1)<', '>supported<'])
    expect(svg).toContain(words);
});

test('an effect that cannot be told is drawn without a square', () => {
  const svg = draw(result({ effect: Number.NaN, interval: { low: 0, high: Number.POSITIVE_INFINITY } }));
  expect(svg).not.toContain('class="fill-arm1"');
  expect(svg).not.toContain('NaN');
});

test('a long name is broken into two lines beside its row, and not cut', () => {
  const long = result({});
  const name = 'as stated, the low share of the spectrum rises after memorising';
  const svg = draw({ ...long, comparison: { ...long.comparison, name } });
  const lines = [
    ...svg.matchAll(/<text x="14" y="[\d.]+" class="fill-ink" font-size="12" font-weight="600">([^<]+)</g),
  ];
  expect(lines.map(([, words]) => words).join(' ')).toBe(name);
});
