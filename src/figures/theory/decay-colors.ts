/** The colours of weight decays λ in every figure of theory: by their place among the decays of a figure. */
import type { Meaning } from '../palette.ts';

const NAMES = [
  'decay0',
  'decay1',
  'decay2',
  'decay3',
  'decay4',
  'decay5',
] as const satisfies readonly Meaning[];

/** Different colours there are; more values begin again. */
export const DECAY_COLORS = NAMES.length;

/** Name of the colour of the i-th λ. */
export function decayName(index: number): Meaning {
  return NAMES[index % DECAY_COLORS] as Meaning;
}
