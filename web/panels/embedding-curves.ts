/** The measures of the embedding over time, each beside its nulls: few frequencies, circles, and smoothness on its own graph. */

import { stepLabel } from '../../src/figures/number-labels.ts';
import { circleFitOfNoise, energyOfShuffled, giniOfNoise } from '../../src/measures/noise-nulls.ts';
import type { LabRun } from '../run/lab-run.ts';
import { curvePanel } from './curve-panel.tsx';
import { numberAt, worded } from './curves.ts';
import { noiseNull, untrainedNull, untrainedValue } from './null-levels.ts';
import { comparison } from './spectral-panels.ts';
import { embeddingSizes } from './task-sizes.ts';

const without =
  'This run has no measures of its embedding: it was recorded without spectral.compute, its network has no embedding, or its tokens are no residues.';

/** A null by tokens and width of the embedding. */
const ofSizes = (null_: (tokens: number, width: number) => number) => (run: LabRun) => {
  const sizes = embeddingSizes(run);
  return sizes && null_(sizes.tokens, sizes.width);
};
const noiseGini = ofSizes((_, width) => giniOfNoise(width));
const noiseFit = ofSizes(circleFitOfNoise);
const shuffledEnergy = ofSizes(energyOfShuffled);

export const concentrationPanel = curvePanel({
  name: 'concentration',
  title: 'Concentration on few frequencies',
  formulas: [
    {
      text: 'Gini coefficient, share of the five largest and Σ P² of P_k = ‖F_k‖² ÷ Σ ‖F‖²; Gini of Gaussian noise: 1/√(πd)',
      document: 'docs/measures.md#embedding-spectrum',
    },
  ],
  values: 'fraction',
  curves: [
    { column: 'embedding_gini', name: 'embedding, Gini', color: 'gini', of: 'model' },
    { column: 'embedding_top5_share', name: 'top 5', color: 'topfive', of: 'model' },
    { column: 'embedding_ipr', name: 'IPR', color: 'ipr', of: 'model' },
    { column: 'spectral_gini', name: 'logits, Gini', color: 'gini', dash: [2, 3], of: 'model' },
  ],
  nulls: [
    noiseNull('noise, Gini', noiseGini),
    untrainedNull('embedding_top5_share', 'topfive', 'untrained, top 5'),
  ],
  without,
  sentence: concentrationSentence,
});

export const circleFitPanel = curvePanel({
  name: 'circle-fit',
  title: 'Roundness of the strongest plane',
  formulas: [
    {
      text: 'Procrustes R² of the strongest frequency’s plane to (cos w_k t, sin w_k t); of Gaussian noise about d/(p + d)',
      document: 'docs/measures.md#circles',
    },
  ],
  values: 'fraction',
  curves: [{ column: 'embedding_circle_fit', name: 'circle fit', color: 'frequencya', of: 'model' }],
  nulls: [noiseNull('noise', noiseFit), untrainedNull('embedding_circle_fit', 'frequencya')],
  without,
  sentence: circleFitSentence,
});

export const neighbourPanel = curvePanel({
  name: 'neighbour-energy',
  title: 'Smoothness on the neighbour graph',
  formulas: [
    {
      text: 'Σ over edges ‖x_i − x_j‖² ÷ (mean degree · Σ ‖x_i − x̄‖²), an edge to the two nearest neighbours; vectors dealt out at random: n/(n − 1)',
      document: 'docs/measures.md#smoothness-on-a-graph',
    },
  ],
  values: 'free',
  curves: [{ column: 'knn_energy', name: 'energy', color: 'ink', of: 'model' }],
  nulls: [noiseNull('dealt out at random', shuffledEnergy), untrainedNull('knn_energy', 'ink')],
  without,
  sentence: neighbourSentence,
});

function concentrationSentence(run: LabRun, step: number): string {
  const at = (column: string) => worded(numberAt(run, column, step), 'number');
  if (numberAt(run, 'embedding_gini', step) === undefined) {
    return `At step ${stepLabel(step)} the Gini coefficient of the power of the logits is ${at('spectral_gini')}.`;
  }
  const [top5, gini] = ['embedding_top5_share', 'embedding_gini'].map((column) =>
    untrainedValue(run, column),
  );
  const before =
    top5 === undefined || gini === undefined
      ? ''
      : `; before training ${worded(top5, 'percent')} and ${worded(gini, 'number')}`;
  return `At step ${stepLabel(step)} five frequencies hold ${worded(numberAt(run, 'embedding_top5_share', step), 'percent')} of the power of the embedding and its Gini coefficient is ${at('embedding_gini')}${comparison('noise', noiseGini(run), 'number')}${before}.`;
}

function circleFitSentence(run: LabRun, step: number): string {
  const fit = numberAt(run, 'embedding_circle_fit', step);
  const untrained = untrainedValue(run, 'embedding_circle_fit');
  return `At step ${stepLabel(step)} the tokens lie on a circle to R² = ${worded(fit, 'number')} in the plane of their strongest frequency${comparison('untrained', untrained, 'number')}, where noise has about ${worded(noiseFit(run), 'number')}.`;
}

function neighbourSentence(run: LabRun, step: number): string {
  const energy = numberAt(run, 'knn_energy', step);
  const untrained = untrainedValue(run, 'knn_energy');
  return `At step ${stepLabel(step)} the energy of the embedding on the graph of its own neighbours is ${worded(energy, 'number')}${comparison('untrained', untrained, 'number')}; it is below 1 by construction, so that only the distance from the nulls says anything.`;
}
