import { expect, test } from 'vitest';
import { colorOf, type Meaning, type Paper, palette, themeRules, withTheme } from './palette.ts';

type Linear = [number, number, number];

/** sRGB (IEC 61966-2-1) to linear light. */
function linear(hex: string): Linear {
  return [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as Linear;
}

/** WCAG 2.2 contrast ratio. */
function contrast(a: string, b: string): number {
  const luminance = ([r, g, b]: Linear) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const [low, high] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** Machado, Oliveira & Fernandes (2009), severity 1, on linear light. */
const sight: Record<string, number[][]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const times = (matrix: number[][], v: readonly number[]) =>
  matrix.map((row) => row.reduce((sum, m, i) => sum + m * v[i], 0));

/** Oklab (Ottosson 2020), where equal distances look equally different; 0.02 is just noticeable. */
function oklab(rgb: readonly number[]): number[] {
  const lms = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb.map((c) => Math.min(1, Math.max(0, c))),
  ).map(Math.cbrt);
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    lms,
  );
}

function difference(a: string, b: string, seenWith: string): number {
  const [x, y] = [a, b].map((color) => oklab(times(sight[seenWith], linear(color))));
  return Math.hypot(...x.map((value, i) => value - y[i]));
}

const papers: Paper[] = ['light', 'dark'];
const notWritten: Meaning[] = ['paper', 'axis', 'grid', 'phase'];
const words = (Object.keys(palette.light) as Meaning[]).filter((meaning) => !notWritten.includes(meaning));
/** Curves that can lie in one panel. */
const together: Meaning[][] = [
  ['literal', 'gaugefree', 'zeromode'],
  ['literal', 'gaugefree', 'relabelled'],
  ['diagonal', 'val'],
  ['diagonal', 'test'],
  ['gini', 'topfive', 'ipr'],
  ['frequencya', 'frequencyb', 'frequencyc'],
  ['firstlayer', 'lastlayer'],
  ['downhill', 'shrinking', 'tangent'],
];

test.each(papers)(
  '%s: everything that is written has contrast 4.5 on paper and on the phase band',
  (paper) => {
    const colors = palette[paper];
    for (const meaning of words) {
      expect(contrast(colors[meaning], colors.paper), meaning).toBeGreaterThanOrEqual(4.5);
      expect(contrast(colors[meaning], colors.phase), meaning).toBeGreaterThanOrEqual(4.5);
    }
  },
);

test.each(papers)('%s: axes have contrast 3, the grid stays behind them', (paper) => {
  expect(contrast(palette[paper].axis, palette[paper].paper)).toBeGreaterThanOrEqual(3);
  expect(contrast(palette[paper].grid, palette[paper].paper)).toBeLessThan(1.5);
});

test.each(papers)('%s: the curves differ for every kind of colour vision', (paper) => {
  const curves: Meaning[] = ['train', 'val', 'test'];
  for (const kind of Object.keys(sight)) {
    for (const [i, a] of curves.entries()) {
      for (const b of curves.slice(i + 1)) {
        expect(difference(palette[paper][a], palette[paper][b], kind), `${a}, ${b}, ${kind}`).toBeGreaterThan(
          0.12,
        );
      }
    }
    expect(difference(palette[paper].memorized, palette[paper].grokked, kind), kind).toBeGreaterThan(0.06);
  }
});

test.each(papers)(
  '%s: measures in one panel differ for every kind of colour vision, and from the splits',
  (paper) => {
    const colors = palette[paper];
    for (const group of together) {
      for (const [i, a] of group.entries()) {
        for (const b of group.slice(i + 1)) {
          for (const kind of Object.keys(sight)) {
            expect(difference(colors[a], colors[b], kind), `${a}, ${b}, ${kind}`).toBeGreaterThan(0.08);
          }
        }
        for (const split of ['train', 'val', 'test'] as const) {
          expect(difference(colors[a], colors[split], 'usual'), `${a}, ${split}`).toBeGreaterThan(
            a === split ? -1 : 0.08,
          );
        }
      }
    }
  },
);

test.each(papers)('%s: weight decays differ for every kind of colour vision', (paper) => {
  const decays = words.filter((meaning) => /^decay\d$/.test(meaning));
  expect(decays).toHaveLength(6);
  for (const [i, a] of decays.entries()) {
    for (const b of decays.slice(i + 1)) {
      for (const kind of Object.keys(sight)) {
        expect(difference(palette[paper][a], palette[paper][b], kind), `${a}, ${b}, ${kind}`).toBeGreaterThan(
          kind === 'usual' ? 0.12 : 0.08,
        );
      }
    }
    // Which is dashed.
    expect(difference(palette[paper][a], palette[paper].isolated, 'usual'), a).toBeGreaterThan(0.08);
  }
});

test.each(papers)('%s: the arms of a trial differ for every kind of colour vision', (paper) => {
  const arms = words.filter((meaning) => /^arm\d$/.test(meaning));
  expect(arms).toHaveLength(8);
  for (const [i, a] of arms.entries()) {
    for (const b of arms.slice(i + 1)) {
      for (const kind of Object.keys(sight)) {
        expect(difference(palette[paper][a], palette[paper][b], kind), `${a}, ${b}, ${kind}`).toBeGreaterThan(
          kind === 'usual' ? 0.15 : 0.08,
        );
      }
    }
  }
});

test('a fixed theme leaves no custom property and no media query', () => {
  const rules = themeRules({
    light: { val: '#ba4907', heat3: '#aabbcc' },
    dark: { val: '#f08230', heat3: '#001122' },
  });
  const svg = `<svg class="grokscope"><style>${rules}.y{fill:${colorOf('heat3')}}.x{fill:${colorOf('val')}}</style></svg>`;
  expect(withTheme(svg, 'dark')).toBe(
    '<svg class="grokscope"><style>.y{fill:#001122}.x{fill:#f08230}</style></svg>',
  );
  expect(withTheme(withTheme(svg, 'light'), 'dark')).toBe(withTheme(svg, 'light'));
  expect(withTheme(svg, 'auto')).toBe(svg);
});
