/**
 * From a point near the zero-loss set onto it: full-batch gradient descent with momentum, without decay (Musat 2511.01938, fig. 5).
 * It ends near the set and not at the nearest point, for which nearest-zero.ts factors J at every iteration.
 */

import type { Program } from '../../engine/index.ts';
import { updateRule } from '../../training/update_rule.ts';
import { TheoryError } from '../refusal.ts';
import type { ZeroLossNetwork } from './network.ts';

export interface ApproachOptions {
  readonly steps: number;
  readonly learningRate: number;
  readonly momentum: number;
}

/** What the paper does: a hundred steps with momentum 0.9. */
export const PAPER_APPROACH: Omit<ApproachOptions, 'learningRate'> = { steps: 100, momentum: 0.9 };

/** Below this a loss is made of rounding errors. */
const ROUNDING = 1e-24;

/** Moves a network's weights towards zero loss. */
export class Approach {
  private readonly network: ZeroLossNetwork;
  private readonly options: ApproachOptions;
  private readonly program: Program;
  private readonly clear: () => void;
  private readonly writeSettings: (step: number) => void;

  constructor(network: ZeroLossNetwork, options: ApproachOptions) {
    this.network = network;
    this.options = options;
    const rule = updateRule(network.meanLoss, network.parameters, {
      ...network.experiment.train,
      optimizer: 'sgd',
      lr: options.learningRate,
      momentum: options.momentum,
      nesterov: false,
      weight_decay: 0,
      weight_decay_kind: 'none',
      scheduler: { ...network.experiment.train.scheduler, name: 'constant' },
      grad_clip_norm: null,
      norm_clamp: null,
      ema: { ...network.experiment.train.ema, use: false },
      dtype: 'f64',
    });
    const { machine } = network;
    this.program = machine.compile({ outputs: { loss: network.meanLoss }, updates: rule.updates });
    const settings = new Float64Array(rule.settings.length);
    this.clear = () => {
      for (const state of rule.state)
        machine.setParameter(state, new Float64Array(state.shape.reduce((size, n) => size * n, 1)));
    };
    this.writeSettings = (step) => {
      rule.writeSettings(step, settings);
      this.program.setSettings(rule.settings, settings);
    };
  }

  /**
   * Goes from the network's weights as they are.
   * @returns the loss where it arrives
   * @throws TheoryError when that is higher than where it began: at too large a rate weights grow without end, or units die
   */
  run(): number {
    const { steps, learningRate: rate, momentum } = this.options;
    const began = this.network.loss();
    this.clear();
    for (let step = 1; step <= steps; step++) {
      this.writeSettings(step);
      this.program.run(this.network.examples);
    }
    const arrived = this.network.loss();
    if (arrived <= Math.max(began, ROUNDING)) return arrived;
    throw new TheoryError(
      `the approach to zero loss went away from it: from loss ${began.toPrecision(3)} to ${arrived.toPrecision(3)} in ${steps} ` +
        `steps of rate ${rate} with momentum ${momentum}; give a smaller rate, such as ${rate / 10}`,
    );
  }
}
