/** Measure `spectrum`: where the power of the logits lies among the modes of the input graph, as stated and repaired. */

import type { SpectralConfig } from '../config/index.ts';
import type { Probe } from '../training/probe.ts';
import { gini } from './gini.ts';
import type { GroupPower } from './group-transform.ts';
import type { Column, Measure, MeasuredValues } from './measure.ts';
import { LOGITS, type Spectrum, spectrumOf } from './spectra.ts';
import {
  answerShare,
  bestRelabelledEnergy,
  laplacianEnergy,
  lowFraction,
  spectralEntropy,
  zeroShare,
} from './spectral-statistics.ts';
import type { Modes } from './spectrum.ts';

const columns: readonly Column[] = [
  {
    name: 'spectral_low_frac',
    unit: '1',
    about: 'share of power in the low band, as stated: of the logits as they are',
  },
  { name: 'spectral_entropy', unit: 'nats', about: 'entropy of power over modes, of the logits as they are' },
  { name: 'spectral_energy', unit: '1', about: 'Laplacian energy Σ λP / ΣP, of the logits as they are' },
  {
    name: 'spectral_zero_share',
    unit: '1',
    about: 'share of the constant mode in the power of the logits as they are',
  },
  {
    name: 'gauge_free_low_frac',
    unit: '1',
    about: 'the low share without the softmax gauge and the constant mode',
  },
  {
    name: 'gauge_free_entropy',
    unit: 'nats',
    about: 'the entropy without the softmax gauge and the constant mode',
  },
  {
    name: 'gauge_free_energy',
    unit: '1',
    about: 'the Laplacian energy without the softmax gauge and the constant mode',
  },
  {
    name: 'diagonal_share',
    unit: '1',
    about: 'share of functions of the answer alone; no relabelling changes it',
  },
  {
    name: 'best_relabelled_energy',
    unit: '1',
    about: 'Laplacian energy of those under the best relabelling t → u·t',
  },
  {
    name: 'spectral_gini',
    unit: '1',
    about: 'Gini coefficient of gauge-free power without the constant mode',
  },
];

export const spectrumMeasure: Measure = {
  name: 'spectrum',
  about:
    'how smooth the logits are on the graph of all inputs, and how much of them is a function of the answer alone',
  formula:
    'P = Σ_c |F f_c|² over the characters of the input group; λ of its Cayley graph: 1 − ½(cos 2πi/p + cos 2πj/p) on the torus',
  nulls:
    'white noise on p × p inputs: low_frac = the share of modes in the band, energy 1, diagonal share (p − 1)/(p² − 1); ' +
    'a network fitted to random labels stays near them',
  cost: 'a forward pass on all inputs and 4·p³·classes FLOPs in f64',
  columns,
  refusal: ({ dataset }) =>
    dataset.inputs === undefined
      ? 'the inputs of this task cannot be listed as the elements of a group; choose a task with an input group, such as modular'
      : undefined,
  open: (probe) => {
    const { spectral } = probe.experiment;
    return {
      values: (step) => Object.assign({}, ...wordsOf(spectral).map((of) => valuesOf(probe, of, step))),
    };
  },
};

/** What of the network is transformed, in the order of the configuration. */
export function wordsOf({ of }: Pick<SpectralConfig, 'of'>): readonly string[] {
  return typeof of === 'string' ? [of] : of;
}

/** The columns of the logits carry no name; those of an activation are `<activation>/<column>`. */
function valuesOf(probe: Probe, of: string, step: number): MeasuredValues {
  const graph = spectrumOf(probe, 'graph', of);
  const own = spectrumOf(probe, 'own', of);
  const values = {
    ...onGraph(powerOf(graph, of, step), graph),
    ...onOwnGroup(powerOf(own, of, step), own.modes),
  };
  if (of === LOGITS) return values;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${of}/${name}`, value]));
}

/** Only logits have the softmax gauge: an activation is taken as it is. */
function powerOf({ transform }: Spectrum, of: string, step: number): GroupPower {
  const power = transform.power(step);
  if (of === LOGITS) return power;
  return { gaugeFree: literalPower(power), offset: power.offset.map(() => 0) };
}

/** The power of the values as they are. */
export function literalPower({ gaugeFree, offset }: GroupPower): Float64Array {
  return gaugeFree.map((part, i) => part + (offset[i] as number));
}

function onGraph(power: GroupPower, { modes, bands }: Spectrum): MeasuredValues {
  const { eigenvalues } = modes;
  const { asStated, withoutZero } = bands;
  const literal = literalPower(power);
  return {
    spectral_low_frac: lowFraction(literal, asStated),
    spectral_entropy: spectralEntropy(literal, asStated),
    spectral_energy: laplacianEnergy(literal, eigenvalues, asStated),
    spectral_zero_share: zeroShare(literal),
    gauge_free_low_frac: lowFraction(power.gaugeFree, withoutZero),
    gauge_free_entropy: spectralEntropy(power.gaugeFree, withoutZero),
    gauge_free_energy: laplacianEnergy(power.gaugeFree, eigenvalues, withoutZero),
  };
}

function onOwnGroup({ gaugeFree }: GroupPower, modes: Modes): MeasuredValues {
  return {
    diagonal_share: modes.answer && answerShare(gaugeFree, modes.answer),
    best_relabelled_energy: bestRelabelledEnergy(gaugeFree, modes),
    spectral_gini: gini(gaugeFree.subarray(1)),
  };
}
