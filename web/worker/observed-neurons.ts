/** The frequencies of hidden neurons, for a picture of them at every moment. */

import { openNeuronFrequencies } from '../../src/measures/neuron-frequencies.ts';
import type { Probe } from '../../src/training/probe.ts';
import type { Moment } from '../run/moment.ts';

/** Activations that are read out: some ten milliseconds at each picture, and 3 MB. */
const MOST_VALUES = 8e5;

export function openNeurons(probe: Probe): () => Pick<Moment, 'neurons'> {
  let look: ReturnType<typeof openNeuronFrequencies>;
  let isOpen = false;
  return () => {
    // Prepared at the first picture: runs of which none is kept need none.
    if (!isOpen) look = openNeuronFrequencies(probe, MOST_VALUES);
    isOpen = true;
    if (look === undefined) return {};
    const { order, width, frequency, share } = look();
    return {
      neurons: { order, width, frequency: Uint16Array.from(frequency), share: Float32Array.from(share) },
    };
  };
}
