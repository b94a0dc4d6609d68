/** A page that trains the experiments of the determinism test and leaves their digests in `window.sameBits`. */

import * as grokscope from 'grokscope';
import { type Outcome, outcomes } from '../small-experiments.ts';

export type Outcomes = Record<'auto' | 'emulated', Outcome[]>;

declare global {
  interface Window {
    sameBits?: Promise<Outcomes>;
  }
}

async function both(): Promise<Outcomes> {
  return { auto: await outcomes(grokscope, 'auto'), emulated: await outcomes(grokscope, 'emulated') };
}

window.sameBits = both();
