/**
 * Measure `circuits`: how much of a network that adds is the trigonometric circuit (Nanda et al. 2301.05217), how much its
 * logits know of the group at all, and whether they care for the distance of the operands (Zhong et al. 2306.17844).
 */

import type { Probe } from '../training/probe.ts';
import { distanceIrrelevance } from './distance-irrelevance.ts';
import { equivarianceShare } from './equivariance.ts';
import { openExampleValues } from './examples-values.ts';
import { hiddenActivation } from './hidden-activation.ts';
import { keyFrequencies } from './key-frequencies.ts';
import type { Measure } from './measure.ts';
import { excludedLoss, restrictedLoss } from './restricted-logits.ts';

function refusal({ dataset }: Probe): string | undefined {
  const { structure, size } = dataset;
  const adds = structure.kind === 'cyclic' && (structure.op === 'add' || structure.op === 'sub');
  if (adds && size === dataset.classes * dataset.classes) return undefined;
  return 'it is defined for op add or sub over all ordered pairs; set dataset.op and dataset.pairs so, or leave it out';
}

export const circuitsMeasure: Measure = {
  name: 'circuits',
  about:
    'key frequencies of the hidden neurons, the losses with only them and without them, and equivariance',
  formula:
    'keys: argmax over k of a neuron’s power in {1, cos k, sin k}²; restricted and excluded loss: cross-entropy with only, or without, cos and sin w_k(a ± b); G = Var_δ mean{L_abc : answer − c = δ} / Var L on held-out pairs',
  nulls:
    'untrained: few or no tuned neurons, restricted loss ln p; G of noise 1/(held-out pairs); distance irrelevance of noise √(1 − 1/p)',
  cost: 'a forward pass on all inputs read out, and p²·neurons·4 FLOPs: tenths of a second',
  columns: [
    { name: 'key_frequencies', unit: 'number', about: 'frequencies to which at least one neuron is tuned' },
    {
      name: 'tuned_neurons',
      unit: 'number',
      about: 'hidden neurons with at least 0.85 of their power in one frequency’s block',
    },
    {
      name: 'restricted_loss',
      unit: 'nats',
      about: 'cross-entropy on all pairs of the logits’ key waves and means alone',
    },
    {
      name: 'excluded_loss',
      unit: 'nats',
      about: 'cross-entropy on train of the logits without the key waves',
    },
    {
      name: 'equivariance_share',
      unit: '1',
      about: 'share of the held-out logits’ variance that depends on the answer’s distance',
    },
    {
      name: 'distance_irrelevance',
      unit: '1',
      about: 'near 1 where the correct logit does not care for a − b',
    },
  ],
  refusal,
  open: (probe) => {
    const { dataset, experiment } = probe;
    const read = openExampleValues(probe, (forward) => ({
      logits: forward.logits,
      hidden: hiddenActivation(forward, experiment.model),
    }));
    const { classes: p, cleanLabels: answers, split, size } = dataset;
    const all = Int32Array.from({ length: size }, (_, example) => example);
    const heldAnswers = split.heldOut.map((example) => answers[example] as number);
    return {
      values: () => {
        const { logits = new Float64Array(), hidden: activations = new Float64Array() } = read(all);
        const { keys, tuned } = keyFrequencies(activations, p, activations.length / size);
        const answered = { p, classes: p, logits, answers };
        const held = new Float64Array(split.heldOut.length * p);
        for (const [i, example] of split.heldOut.entries())
          held.set(logits.subarray(example * p, (example + 1) * p), i * p);
        return {
          key_frequencies: keys.length,
          tuned_neurons: tuned,
          restricted_loss: restrictedLoss(answered, keys),
          excluded_loss: excludedLoss(answered, keys, split.train),
          equivariance_share: equivarianceShare(held, heldAnswers, p),
          distance_irrelevance: distanceIrrelevance(logits, answers, p, p),
        };
      },
    };
  },
};
