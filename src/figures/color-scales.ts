/**
 * Scales of colours in steps, one set for each paper: sequential for amounts, from the paper's own brightness away from it;
 * cyclic for what begins again, of one lightness (Oklab, Ottosson 2020). Names go where those of the palette do.
 */
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

/**
 * Amounts: light paper is left towards the dark by ColorBrewer's GnBu, dark paper towards the light by magma from 6 % on; written
 * out, because the package that computes them (d3-scale-chromatic, which a test compares) brings all its other scales along.
 */
const GNBU = (
  '#f7fcf0 #ebf7e5 #dff3d9 #d3eece #c5e8c4 #b3e1bc #9ed9bb #87d0c0 ' +
  '#6fc5c8 #58b7cd #43a5ca #3092c1 #1d7eb7 #0f6aaa #095597 #084081'
).split(' ');
const MAGMA = (
  '#090720 #1c1044 #341069 #4f127b #681c81 #812581 #9b2e7f #b5367a ' +
  '#cf4070 #e55064 #f4695c #fb8761 #fea571 #fec287 #fde0a1 #fcfdbf'
).split(' ');

/** The scale of amounts on either paper. */
export const heat: Colors = {
  light: Object.fromEntries(GNBU.map((color, level) => [heatName(level), color])),
  dark: Object.fromEntries(MAGMA.map((color, level) => [heatName(level), color])),
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
