import { interpolateGnBu, interpolateMagma } from 'd3-scale-chromatic';
import { expect, test } from 'vitest';
import { CYCLE_LEVELS, cycle, cycleName, HEAT_LEVELS, heat, heatName } from './color-scales.ts';
import { palette } from './palette.ts';

/** Relative luminance of WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

test.each(['light', 'dark'] as const)(
  '%s: more is further from the paper, also without colour vision',
  (paper) => {
    const levels = Array.from({ length: HEAT_LEVELS }, (_, level) => luminance(heat[paper][heatName(level)]));
    const sign = paper === 'light' ? -1 : 1;
    for (let level = 1; level < HEAT_LEVELS; level++) {
      expect(sign * (levels[level] - levels[level - 1]), `level ${level}`).toBeGreaterThan(0);
    }
    const ends = [heat[paper][heatName(0)], heat[paper][heatName(HEAT_LEVELS - 1)]];
    expect(contrast(ends[0], palette[paper].paper)).toBeLessThan(1.2);
    expect(contrast(ends[1], palette[paper].paper)).toBeGreaterThan(7);
  },
);

test.each(['light', 'dark'] as const)(
  '%s: the colours of a cycle all differ and all stand out from the paper',
  (paper) => {
    const colors = Array.from({ length: CYCLE_LEVELS }, (_, level) => cycle[paper][cycleName(level)]);
    expect(new Set(colors).size).toBe(CYCLE_LEVELS);
    for (const color of colors) {
      expect(color).toMatch(/^#[0-9a-f]{6}$/);
      expect(contrast(color, palette[paper].paper), color).toBeGreaterThan(3);
    }
  },
);

test('amounts have the colours of GnBu on light paper, and of magma from 6 % on on dark paper', () => {
  for (let level = 0; level < HEAT_LEVELS; level++) {
    const share = level / (HEAT_LEVELS - 1);
    const [r, g, b] = (interpolateGnBu(share).match(/\d+/g) ?? []).map(Number);
    const light = heat.light[heatName(level)];
    expect([1, 3, 5].map((at) => Number.parseInt(light.slice(at, at + 2), 16))).toEqual([r, g, b]);
    expect(heat.dark[heatName(level)]).toBe(interpolateMagma(0.06 + 0.94 * share));
  }
});
