/** A page that trains the experiments whose bits are recorded, and leaves what it found in `window.sameBits`. */

import * as grokscope from 'grokscope';
import { FEW_STEPS, MANY_STEPS, type Outcome, outcomes } from '../../hosts/experiments.mjs';

export type Outcomes = Record<'auto' | 'emulated', Outcome[]>;

declare global {
  interface Window {
    sameBits?: Promise<Outcomes>;
  }
}

async function both(): Promise<Outcomes> {
  return {
    auto: await outcomes(grokscope, {}, MANY_STEPS),
    emulated: await outcomes(grokscope, { kernels: 'emulated' }, FEW_STEPS),
  };
}

window.sameBits = both();
