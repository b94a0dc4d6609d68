/** The list of panels in the order of the page: a new one is a file beside this, named here. */

import './panels.css';
import { embeddingPanel } from './embedding-panel.ts';
import { normLossPanel } from './norm-loss-panel.ts';
import type { Panel } from './panel.ts';
import { phasePanel } from './phase-panel.ts';
import { predictionPanel } from './prediction-panel.tsx';
import { concentrationPanel, diagonalPanel, energyPanel, lowSharePanel } from './spectral-panels.ts';
import { spectrumPanel } from './spectrum-panel.ts';
import { accuracyPanel, lossPanel } from './split-panels.ts';

export const panels: readonly Panel[] = [
  accuracyPanel,
  phasePanel,
  lossPanel,
  embeddingPanel,
  predictionPanel,
  spectrumPanel,
  diagonalPanel,
  normLossPanel,
  lowSharePanel,
  energyPanel,
  concentrationPanel,
];
