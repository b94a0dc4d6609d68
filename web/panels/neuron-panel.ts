/** The frequencies of the hidden neurons (Nanda et al. 2301.05217): at first of all kinds, of a circuit few and sharply tuned. */

import { percentLabel, stepLabel } from '../../src/figures/number-labels.ts';
import type { LabRun } from '../run/lab-run.ts';
import type { Moment, NeuronTable } from '../run/moment.ts';
import { csvOf } from './csv.ts';
import { figurePanel, unlessKept } from './figure-panel.tsx';
import { neuronFigure, neuronHeight, tunings } from './neuron-figure.ts';
import { comparison } from './spectral-panels.ts';

export const neuronPanel = figurePanel({
  name: 'neurons',
  ofMoment: true,
  title: 'Frequencies of the hidden neurons',
  formulas: [
    {
      text: 'of a neuron’s power over all inputs, less its mean: the share in the products of {1, cos w_k a, sin w_k a} and {1, cos w_k b, sin w_k b}; its frequency is the k with the largest',
      document: 'docs/measures.md#key-frequencies',
    },
    {
      text: 'a quadratic neuron of one frequency has 80% of its power there, the rest at 2k; the paper counts neurons from 85% on',
      document: 'docs/measures.md#key-frequencies',
    },
  ],
  largest: 1000,
  height: neuronHeight,
  refusal: (run) => {
    const structure = run.examples.value?.structure;
    if (structure !== undefined && structure !== 'cyclic' && structure !== 'none') {
      return 'The inputs of this task are no pairs of residues, over which neurons have frequencies: choose a modular task.';
    }
    return unlessKept(
      run,
      ({ neurons }) => neurons !== undefined,
      'The neurons of this run are not looked at: its inputs are no pairs of one cycle, or too many.',
    );
  },
  whatYouSee: ({ run, view }) => neuronSentence(run, view.moment.value),
  draw: ({ view }, options) => {
    const moment = view.moment.value;
    return moment?.neurons && neuronFigure(moment.neurons, moment.step, options);
  },
  csv: ({ view }) => {
    const { frequency = [], share = [] } = view.moment.value?.neurons ?? {};
    return csvOf(
      ['neuron', 'frequency', 'share of power'],
      Array.from(frequency, (k, i) => [i, k, share[i]]),
    );
  },
});

/** How sharply the neurons are tuned, and to how many frequencies, beside the untrained network. */
export function neuronSentence(run: LabRun, moment: Moment | undefined): string {
  const neurons = moment?.neurons;
  if (moment === undefined || neurons === undefined) return 'There are no neurons yet.';
  const { frequency, share, width } = neurons;
  if (!share.every(Number.isFinite))
    return `At step ${stepLabel(moment.step)} the activations are not finite: training has diverged.`;
  const sharp = [...frequency].filter((_, i) => (share[i] as number) >= tunings[0].from);
  const kinds = new Set(sharp).size;
  const looked = share.length === width ? `of the ${width}` : `of the first ${share.length} of ${width}`;
  const tuned =
    sharp.length === 1
      ? `there is one neuron, ${looked}, with three quarters of its power in one frequency`
      : `there are ${sharp.length === 0 ? 'no' : sharp.length} neurons, ${looked}, with three quarters of their power in one frequency`;
  const to = sharp.length < 2 ? '' : ` (${kinds === 1 ? 'the same for all' : `${kinds} different ones`})`;
  const [first] = run.moments.value;
  const before = first?.step === 0 && first.neurons ? medianShare(first.neurons) : undefined;
  return `At step ${stepLabel(moment.step)} ${tuned}${to}; the median share is ${percentLabel(medianShare(neurons))}${comparison('untrained', before, 'percent')}.`;
}

/** The share that half of the neurons reach. */
export function medianShare({ share }: Pick<NeuronTable, 'share'>): number {
  const ascending = [...share].sort((a, b) => a - b);
  return ascending[Math.floor(ascending.length / 2)] ?? 0;
}
