/**
 * The frequency of each hidden neuron on the torus of all inputs, and how much of the neuron's power it holds, for pictures: of so
 * many neurons as can be read out cheaply. Neurons are drawn alike, so that the first ones stand for all.
 */

import { type Program, slice } from '../engine/index.ts';
import { groupSize } from '../tasks/input-group/index.ts';
import type { Probe } from '../training/probe.ts';
import { hiddenActivation } from './hidden-activation.ts';
import { keyFrequencies } from './key-frequencies.ts';
import { isTorus } from './spectrum.ts';

export interface NeuronFrequencies {
  /** Elements n of the cyclic group whose frequencies 1 … ⌊n/2⌋ these are. */
  readonly order: number;
  /** Neurons of the layer, of which the first ones are looked at. */
  readonly width: number;
  /** [neurons looked at]: the frequency with the largest share; 0 for a constant neuron. */
  readonly frequency: Int32Array;
  /** [neurons looked at]: that share, 0 to 1, as `keyFrequencies` has it. */
  readonly share: Float64Array;
}

/**
 * Prepares looking at the neurons of a training, on all pairs of elements of the group that its task has (for products modulo a
 * prime the units in the order of their logarithms).
 *
 * @param mostValues activations that are read out at most: a few of many neurons
 * @returns undefined for a task whose inputs are no pairs of one cyclic group, or are more than `mostValues`
 */
export function openNeuronFrequencies(
  probe: Probe,
  mostValues: number,
): (() => NeuronFrequencies) | undefined {
  const { dataset, experiment, machine } = probe;
  const groups = dataset.inputs;
  // Asking for a group makes its basis: not where the inputs are too many by far.
  if (groups === undefined || dataset.size > mostValues || !isTorus(groups.own)) return undefined;
  const group = groups.own;
  const size = groupSize(group);
  const neurons = Math.floor(mostValues / size);
  if (neurons < 1) return undefined;
  // As src/measures/spectra.ts names the inputs: each set of columns is given to the machine once.
  const name = group === groups.graph ? 'graph' : 'own';
  let width = 0;
  const [hidden] = probe.onInputs(name, group.tokens, (forward) => {
    const all = hiddenActivation(forward, experiment.model);
    width = all.shape[0] as number;
    return [slice(all, 0, 0, Math.min(width, neurons))];
  });
  if (hidden === undefined) throw new Error('internal: the hidden layer was not read');
  const program: Program = machine.compile({ outputs: {}, perExample: { hidden } }, { mostExamples: size });
  const elements = Int32Array.from({ length: size }, (_, element) => element);
  const order = group.axes[0]?.order as number;
  return () => {
    program.run(elements);
    const { frequency, share } = keyFrequencies(program.value('hidden'), order, Math.min(width, neurons));
    return { order, width, frequency, share };
  };
}
