/** The list of panels in the order of the page, by subject: a new one is a file beside this, named here. */

import './panels.css';
import { circuitSharePanel, efficiencyPanel, keyLossPanel, sparsityPanel } from './circuit-panels.ts';
import { circleFitPanel, concentrationPanel, neighbourPanel } from './embedding-curves.ts';
import { embeddingPanel } from './embedding-panel.ts';
import { neuronPanel } from './neuron-panel.ts';
import { normLossPanel } from './norm-loss-panel.ts';
import type { Panel, PanelGroup } from './panel.ts';
import { phasePanel } from './phase-panel.ts';
import { predictionPanel } from './prediction-panel.tsx';
import { principalPanel } from './principal-panel.ts';
import { diagonalPanel, energyPanel, entropyPanel, lowSharePanel } from './spectral-panels.ts';
import { spectrumPanel } from './spectrum-panel.ts';
import { accuracyPanel, lossPanel } from './split-panels.ts';

export const panelGroups: readonly PanelGroup[] = [
  {
    name: 'time',
    title: 'Over time',
    panels: [accuracyPanel, phasePanel, lossPanel],
    further: [],
  },
  {
    name: 'representation',
    title: 'What it represents',
    // Neighbours in a row of two are about as high as each other.
    panels: [embeddingPanel, principalPanel, predictionPanel, neuronPanel, normLossPanel],
    further: [concentrationPanel, circleFitPanel, neighbourPanel],
  },
  {
    name: 'spectrum',
    title: 'Spectrum',
    panels: [spectrumPanel, diagonalPanel],
    further: [lowSharePanel, energyPanel, entropyPanel],
  },
  {
    name: 'circuits',
    title: 'Circuits',
    panels: [],
    further: [keyLossPanel, circuitSharePanel, efficiencyPanel, sparsityPanel],
  },
];

export const panels: readonly Panel[] = panelGroups.flatMap(({ panels: open, further }) => [
  ...open,
  ...further,
]);

/** The panels of a group that are shown. @param closed of `panels` @param opened of `further` */
export function shownPanels(
  { panels: open, further }: PanelGroup,
  closed: readonly string[],
  opened: readonly string[],
): Panel[] {
  return [
    ...open.filter(({ name }) => !closed.includes(name)),
    ...further.filter(({ name }) => opened.includes(name)),
  ];
}
