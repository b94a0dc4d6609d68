/** What is simulated: the experiment of a configuration, or the published one, with overrides. */

import { type LoadedExperiment, parseExperiment } from '../../../config/index.ts';
import { loadNamed } from '../../train/configuration.ts';

/** Of the paper (arXiv:2511.01938): p 37, 512 units, 70 % of the unordered pairs, 5,000 Euler steps of 1e-3. */
const PUBLISHED = `name: isolated dynamics
dataset: {N: 37, op: add, pairs: unordered, train_fraction: 0.7}
model: {type: two_layer, hidden_dim: 512, input: sum, activation: relu}
train: {loss: mse, dtype: f64}
analytic_dynamics: true
analytic_steps: 5000
analytic_lr: 1e-3
`;

/** Small enough that dozens of real runs take a minute or two; uniform(±1/√fan_in) weights, as in the paper's trainings. */
const SMALL = `name: prediction
dataset: {N: 17, op: add, pairs: unordered, train_fraction: 0.8}
model: {type: two_layer, hidden_dim: 192, input: sum, activation: relu, init: {type: uniform}}
train: {loss: mse, dtype: f64}
milestones: {grok_threshold: 0.9}
analytic_dynamics: true
analytic_steps: 600
analytic_lr: 1e-2
`;

export interface SettingOptions {
  readonly config?: string;
  readonly seed?: number;
  readonly steps?: number;
  readonly stepSize?: number;
  /** Without a configuration, a small network instead of the published one. */
  readonly predict?: boolean;
}

/** @throws ConfigError that names the place or the override */
export function simulatedExperiment(words: readonly string[], options: SettingOptions): LoadedExperiment {
  const { config, seed, steps, stepSize } = options;
  const overrides = [
    ...words,
    ...(seed === undefined ? [] : [`seed=${seed}`]),
    ...(steps === undefined ? [] : [`analytic_steps=${steps}`]),
    ...(stepSize === undefined ? [] : [`analytic_lr=${stepSize}`]),
  ];
  if (config !== undefined) return loadNamed(config, overrides);
  return options.predict
    ? parseExperiment(SMALL, { file: 'the small setting', overrides })
    : parseExperiment(PUBLISHED, { file: 'the published setting', overrides });
}
