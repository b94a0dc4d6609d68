/**
 * Scales of colours in steps, one set for each paper: sequential for amounts, from the paper's own brightness away from it;
 * cyclic for what begins again, of one lightness (Oklab, Ottosson 2020). Names go where those of the palette do.
 */
import { interpolateGnBu, interpolateMagma } from 'd3-scale-chromatic';
import type { Colors } from './palette.ts';

/** Steps of the scale of amounts: more cannot be told apart, and each is one path. */
export const HEAT_LEVELS = 16;
/** Steps of the cyclic scale. */
export const CYCLE_LEVELS = 24;

/** Name of a step of the scale of amounts, 0 the lowest. */
export function heatName(level: number): string {
  return `heat${level}`;
}

/** Name of a step of the cyclic scale; after the last comes the first. */
export function cycleName(level: number): string {
  return `cycle${level}`;
}

/** Amounts: light paper is left towards the dark, dark paper towards the light. */
export const heat: Colors = {
  light: named(heatName, HEAT_LEVELS, (share) => ofRgb(interpolateGnBu(share))),
  dark: named(heatName, HEAT_LEVELS, (share) => interpolateMagma(0.06 + 0.94 * share)),
};

/** A circle of hues. */
export const cycle: Colors = {
  light: named(cycleName, CYCLE_LEVELS, (share, of) => ofOklch(0.6, 0.125, (share * (of - 1)) / of)),
  dark: named(cycleName, CYCLE_LEVELS, (share, of) => ofOklch(0.76, 0.125, (share * (of - 1)) / of)),
};

function named(
  name: (level: number) => string,
  levels: number,
  color: (share: number, levels: number) => string,
): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: levels }, (_, level) => [name(level), color(level / (levels - 1), levels)]),
  );
}

function hex(channels: readonly number[]): string {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** `rgb(1, 2, 3)` as #010203. */
function ofRgb(color: string): string {
  return hex((color.match(/\d+/g) ?? []).map(Number));
}

/** Oklch to sRGB; `turn` is the hue in turns. What lies outside of sRGB is clipped. */
function ofOklch(lightness: number, chroma: number, turn: number): string {
  const a = chroma * Math.cos(2 * Math.PI * turn);
  const b = chroma * Math.sin(2 * Math.PI * turn);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return hex(
    linear.map((value) => {
      const clipped = Math.min(1, Math.max(0, value));
      const encoded = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
      return Math.round(255 * encoded);
    }),
  );
}
