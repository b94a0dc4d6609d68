/** Colours of theory figures: one for each weight decay λ of a figure, in its order, beside those of the palette. */
import type { Colors } from '../palette.ts';

const LIGHT = ['#4b1d91', '#a86a00', '#0f7f7a', '#b3372f', '#2563a8', '#5a7d16'];
const DARK = ['#b795f5', '#e5a93d', '#3fc2b6', '#f08577', '#6faef0', '#a4c14a'];

/** Different colours there are; more values begin again. */
export const DECAY_COLORS = LIGHT.length;

/** Name of the colour of the i-th λ. */
export function decayName(index: number): string {
  return `decay${index % DECAY_COLORS}`;
}

/** For the frame of a figure. */
export const decayColors: Colors = {
  light: Object.fromEntries(LIGHT.map((color, i) => [decayName(i), color])),
  dark: Object.fromEntries(DARK.map((color, i) => [decayName(i), color])),
};
