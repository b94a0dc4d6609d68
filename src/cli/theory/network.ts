/** The network that a theory command looks at: a small one of its own, or that of a configuration. */

import { type Experiment, experimentFromObject } from '../../config/index.ts';
import { type NetworkResiduals, openNetwork } from '../../theory/index.ts';
import { loadNamed } from '../train/configuration.ts';

export interface NetworkOptions {
  readonly config?: string;
  readonly seed?: number;
  readonly overrides: readonly string[];
}

export interface TheoryNetwork {
  readonly experiment: Experiment;
  readonly residuals: NetworkResiduals;
  /** In a few words, for titles. */
  readonly words: string;
}

/** Small enough for J to be formed and factored at every point in milliseconds, smooth, and wider than its train examples. */
const SMALL = {
  dataset: { N: 5, op: 'add', pairs: 'unordered', train_fraction: 0.7 },
  model: {
    type: 'two_layer',
    hidden_dim: 24,
    input: 'sum',
    activation: 'gelu',
    init: { type: 'uniform' },
  },
} as const;

/**
 * Opens the network.
 * @throws ConfigError; TheoryError where zero loss is out of reach or J too large
 */
export async function openTheoryNetwork({ config, seed, overrides }: NetworkOptions): Promise<TheoryNetwork> {
  const all = [...overrides, ...(seed === undefined ? [] : [`seed=${seed}`])];
  const { experiment } =
    config === undefined ? experimentFromObject(SMALL, { overrides: all }) : loadNamed(config, all);
  const residuals = await openNetwork(experiment);
  const { train } = residuals.dataset.split;
  const { type } = experiment.model;
  const activation = 'activation' in experiment.model ? `, ${experiment.model.activation}` : '';
  const words = `${type}${activation}, ${train.length} train examples, ${residuals.parameters} parameters`;
  return { experiment, residuals, words };
}
