import fc from 'fast-check';
import { expect, test } from 'vitest';
import { everySteps, simulatedRun } from '../../test/figures/simulated-run.ts';
import { isBalanced } from '../../test/figures/well-formed.ts';
import { accuracyCurves } from './accuracy-curves.ts';
import { lossCurves } from './loss-curves.ts';
import type { RunMetrics } from './run-figure.ts';
import { spectralCurves } from './spectral-curves.ts';
import { textWidth } from './text-width.ts';

const grokking = simulatedRun({
  name: 'run',
  steps: everySteps(20, 20_000),
  memorized: 140,
  grokked: 10_000,
  test: true,
});

function numbersOf(svg: string, attribute: string): number[] {
  return [...svg.matchAll(new RegExp(` ${attribute}="(-?[\\d.]+)"`, 'g'))].map(([, number]) =>
    Number(number),
  );
}

/** The vertices of the curves of one colour. */
function vertices(svg: string, color: string): [number, number][] {
  const paths = [
    ...svg.matchAll(new RegExp(`<path d="([^"]+)" class="stroke-${color}" stroke-width="2"`, 'g')),
  ];
  return paths.flatMap(([, d]) =>
    [...d.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as [number, number]),
  );
}

const number = fc.oneof(
  fc.double({ min: 0, max: 50, noNaN: true }),
  fc.constantFrom(0, 1, 1e-310, 1e-290, 1e300, Number.NaN, Number.POSITIVE_INFINITY),
);
const anyRun: fc.Arbitrary<RunMetrics> = fc.record({
  name: fc.string({ unit: 'binary', maxLength: 60 }),
  rows: fc.array(
    fc.record({
      step: fc.integer({ min: 0, max: 100_000 }),
      split: fc.constantFrom('train', 'val', 'test'),
      values: fc.record(
        {
          loss: number,
          accuracy: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(1)),
          spectral_entropy: number,
          gauge_free_entropy: number,
          diagonal_share: fc.double({ min: 0, max: 1, noNaN: true }),
          embedding_ipr: fc.double({ min: 0, max: 1, noNaN: true }),
        },
        { requiredKeys: [] },
      ),
    }),
    { maxLength: 40 },
  ),
});
const anyOptions = fc.record({
  width: fc.integer({ min: 200, max: 1400 }),
  xscale: fc.constantFrom('linear' as const, 'log' as const),
  theme: fc.constantFrom('auto' as const, 'light' as const, 'dark' as const),
});

test.each([
  ['loss', lossCurves],
  ['accuracy', accuracyCurves],
  ['spectral', spectralCurves],
])(
  '%s curves: any metrics give a well-formed figure with every coordinate inside, the same every time',
  (_, draw) => {
    fc.assert(
      fc.property(anyRun, anyOptions, (run, options) => {
        const svg = draw(run, options);
        expect(draw(run, options)).toBe(svg);
        if (svg === null) return;
        expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
        expect(isBalanced(svg)).toBe(true);
        const [width] = numbersOf(svg, 'width');
        const [height] = numbersOf(svg, 'height');
        for (const color of ['train', 'val', 'test', 'literal', 'gaugefree', 'diagonal', 'ipr']) {
          for (const [x, y] of vertices(svg, color)) {
            expect(x).toBeGreaterThan(0);
            expect(x).toBeLessThan(width);
            expect(y).toBeGreaterThan(0);
            expect(y).toBeLessThan(height - 40);
          }
        }
      }),
      { numRuns: 60 },
    );
  },
);

test('the grokked mark stands where the held-out curve stays above 95 %', () => {
  const svg = accuracyCurves(grokking, { xscale: 'linear' }) ?? '';
  const ticks = [
    ...svg.matchAll(
      /<text x="([\d.]+)" y="[\d.]+" class="fill-muted" font-size="12" text-anchor="middle">([\d.]+)k?</g,
    ),
  ];
  const [zero, last] = [ticks[0], ticks[ticks.length - 1]].map(([, x, label]) => ({
    x: Number(x),
    step: 1000 * Number(label),
  }));
  const mark = Number(/<path d="M([\d.]+),[^"]+" class="stroke-grokked"/.exec(svg)?.[1]);
  const named = Number(/grokked ([\d,]+)</.exec(svg)?.[1].replace(',', ''));
  expect(mark).toBeCloseTo(zero.x + ((last.x - zero.x) * named) / (last.step - zero.step), 1);
});

test('a curve of thousands of points is thinned to what can be seen', () => {
  const svg =
    lossCurves(simulatedRun({ name: 'long', steps: everySteps(1, 30_000), memorized: 140, grokked: 9000 })) ??
    '';
  expect(vertices(svg, 'train').length).toBeLessThan(4 * 720);
  expect(svg.length).toBeLessThan(120_000);
});

test('names at line ends do not overlap', () => {
  for (const svg of [lossCurves(grokking), accuracyCurves(grokking)]) {
    const names = [...(svg ?? '').matchAll(/<text x="[\d.]+" y="([\d.]+)" class="fill-(?:train|val|test)"/g)];
    const heights = names.map(([, y]) => Number(y)).sort((a, b) => a - b);
    expect(heights).toHaveLength(3);
    for (let i = 1; i < heights.length; i++) expect(heights[i] - heights[i - 1]).toBeGreaterThanOrEqual(14);
  }
});

test('at every width all words stay inside the figure', () => {
  for (const width of [240, 360, 480, 720, 1200]) {
    const svg = accuracyCurves(grokking, { width }) ?? '';
    for (const [, x, , anchor, words] of svg.matchAll(
      /<text x="([\d.]+)"([^>]*?)(?: text-anchor="(\w+)")?>(.*?)<\/text>/g,
    )) {
      const content = words.replace(/<[^>]+>/g, '');
      const extent = textWidth(content, 12);
      const left = Number(x) - (anchor === 'end' ? extent : anchor === 'middle' ? extent / 2 : 0);
      expect(left, content).toBeGreaterThanOrEqual(0);
      expect(left + extent, content).toBeLessThanOrEqual(width + 1);
    }
  }
});

test('a loss of exactly 0 lies on the lower edge and does not stretch the axis', () => {
  const rows = [5, 0.5, 0].map((loss, i) => ({ step: 10 * i, split: 'train', values: { loss } }));
  const points = vertices(lossCurves({ name: 'collapsed', rows }) ?? '', 'train');
  const withoutZero = vertices(lossCurves({ name: 'collapsed', rows: rows.slice(0, 2) }) ?? '', 'train');
  expect(points.slice(0, 2).map(([, y]) => y)).toEqual(withoutZero.map(([, y]) => y));
  expect(points[2][1]).toBeGreaterThan(points[1][1]);
});

test('a non-finite loss interrupts the curve', () => {
  const rows = [3, 2, Number.NaN, 1, 0.5].map((loss, i) => ({ step: i, split: 'train', values: { loss } }));
  const svg = lossCurves({ name: 'diverged', rows }) ?? '';
  expect(svg.match(/class="stroke-train" stroke-width="2"/g)).toHaveLength(2);
});

test('a run that did not grok says so instead of marking a step', () => {
  const run = simulatedRun({ name: 'run', steps: everySteps(200, 30_000), memorized: 900, grokked: 90_000 });
  const svg = accuracyCurves(run);
  expect(svg).toContain('not grokked by 30,000');
  expect(svg).toContain(
    '<desc>Accuracy of train, held-out over training steps. Memorised at step 1,200; not grokked',
  );
  expect(svg).not.toContain('stroke-grokked');
});

test('spectral values that are the same on every split are one curve of the model', () => {
  const run = simulatedRun({
    name: 'run',
    steps: everySteps(50, 5000),
    memorized: 140,
    grokked: 2000,
    spectral: true,
  });
  const svg = spectralCurves(run) ?? '';
  for (const column of ['literal', 'gaugefree']) {
    const panels = column === 'literal' ? 4 : 3;
    expect(svg.match(new RegExp(`class="stroke-${column}" stroke-width="2"`, 'g'))).toHaveLength(panels);
  }
  expect(svg).not.toContain('stroke-train');
  expect(spectralCurves(grokking)).toBeNull();
});

test('only panels whose columns the run has are drawn, the diagonal with held-out accuracy beside it', () => {
  const rows = [0, 10, 20].flatMap((step) =>
    ['train', 'val', 'test'].map((split) => ({
      step,
      split,
      values: { accuracy: split === 'test' ? step / 20 : 0, diagonal_share: Math.min(1, step / 10) },
    })),
  );
  const svg = spectralCurves({ name: 'run', rows }) ?? '';
  const lines = [...svg.matchAll(/class="stroke-(\w+)" stroke-width="2"/g)].map(([, color]) => color);
  expect(lines).toEqual(['diagonal', 'test']);
  expect(svg).toContain('reaches one half at step 10, held-out accuracy at step 10.');
  expect(svg).not.toContain('entropy');
});

test('on a phone each panel names its own curves below its title', () => {
  const run = simulatedRun({
    name: 'r',
    steps: everySteps(50, 500),
    memorized: 40,
    grokked: 200,
    spectral: true,
  });
  const svg = spectralCurves(run, { width: 360 }) ?? '';
  const names = [...svg.matchAll(/<tspan font-weight="600">([^<]+)</g)].map(([, name]) => name);
  expect(names.filter((name) => name === 'all modes')).toHaveLength(3);
  const heights = [...svg.matchAll(/<text x="[\d.]+" y="([\d.]+)" class="fill-(?:literal|gaugefree)"/g)];
  const [first, second, third] = heights.map(([, y]) => Number(y));
  expect(second).toBeGreaterThanOrEqual(first);
  expect(third).toBeGreaterThan(second + 100);
});

test('names are escaped', () => {
  expect(accuracyCurves({ ...grokking, name: '<a & "b">' })).toContain('&lt;a &amp; &quot;b&quot;&gt;');
});
