/** Shares of a whole as colours on a logarithmic scale, and the bar that says which colour is which share. */
import { HEAT_LEVELS, heatName } from './color-scales.ts';
import { powerLabel } from './number-labels.ts';
import { element, line, text } from './svg.ts';

/** Height of the bar in px, without its numbers. */
export const BAR_HEIGHT = 12;
/** Exponents of ten at the ends: the same in every map, so that steps and runs can be compared by eye. */
const LOWEST = -6;
const HIGHEST = 0;

/** The colour of a share, 0 to HEAT_LEVELS − 1; what is below the scale, and zero, has the lowest. */
export function heatOfShare(share: number): number {
  if (!(share > 0)) return 0;
  const level = Math.floor(((Math.log10(share) - LOWEST) / (HIGHEST - LOWEST)) * HEAT_LEVELS);
  return Math.min(HEAT_LEVELS - 1, Math.max(0, level));
}

/** The colours from the lowest to the highest with a number at each decade, `width` px wide. */
export function drawShareBar(left: number, top: number, width: number): string[] {
  const step = width / HEAT_LEVELS;
  const boxes = Array.from({ length: HEAT_LEVELS }, (_, level) =>
    element('rect', {
      class: `fill-${heatName(level)}`,
      x: left + level * step,
      y: top,
      // Overlapping, because antialiasing would show the paper between two.
      width: level < HEAT_LEVELS - 1 ? step + 0.5 : step,
      height: BAR_HEIGHT,
    }),
  );
  const ticks = Array.from({ length: HIGHEST - LOWEST + 1 }, (_, i) => LOWEST + i).flatMap((exponent) => {
    const x = left + ((exponent - LOWEST) / (HIGHEST - LOWEST)) * width;
    const label = exponent === 0 ? '1' : powerLabel(exponent);
    return [
      line(x, top + BAR_HEIGHT, x, top + BAR_HEIGHT + 4, { color: 'axis' }),
      text(x, top + BAR_HEIGHT + 18, exponent === LOWEST ? `≤${label}` : label, {
        color: 'muted',
        anchor: 'middle',
      }),
    ];
  });
  return [...boxes, ...ticks];
}
