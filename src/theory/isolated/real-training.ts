/**
 * The network that the isolated dynamics is about, really trained: gradient descent with heavy-ball momentum β on the mean
 * squared error with L2 decay. With n train examples and C classes the trainer's objective is (𝓛 + λ‖θ‖²)/(nC) for a decay
 * coefficient wd = 2λ/(nC). On the slow way along the zero-loss set momentum multiplies the learning rate by 1/(1 − β), so that after s
 * steps τ = 2λt = wd·η/(1 − β)·s: the clock of the isolated dynamics.
 */

import type { Experiment } from '../../config/index.ts';
import type { Machine } from '../../engine/index.ts';
import type { Dataset } from '../../tasks/index.ts';
import { DivergenceError } from '../../training/divergence.ts';
import { macrotask } from '../../training/macrotask.ts';
import { Trainer } from '../../training/trainer.ts';
import { TheoryError } from '../refusal.ts';
import { norm } from '../vectors.ts';
import type { IsolatedProblem } from './problem.ts';
import { hiddenRows } from './reference-step.ts';

export interface RealPoint {
  readonly step: number;
  readonly tau: number;
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly heldOutLoss: number;
  readonly heldOutAccuracy: number;
  readonly firstNorm: number;
  readonly lastNorm: number;
  /** W₁, [inputs, width]. */
  readonly weights: Float64Array;
}

export interface RealTraining {
  readonly points: readonly RealPoint[];
  readonly learningRate: number;
  readonly weightDecay: number;
  /** τ of one step. */
  readonly tauOfStep: number;
}

export interface RealOptions {
  /** λ of 𝓛 + λ‖θ‖², above 0. */
  readonly ridge: number;
  /** When the training ends. */
  readonly tau: number;
  /** Evaluations, evenly spaced. */
  readonly points: number;
  /** Told of every evaluation; true ends the training. */
  readonly enough?: (point: RealPoint) => boolean;
  /** Told how many steps will be done, before the first. */
  readonly begin?: (steps: number) => void;
  /** A machine for each attempt. */
  readonly open: () => Promise<Machine>;
}

const MOMENTUM = 0.9;
/** Of the step that the curvature of the last layer allows: the first layer adds its own, and both change. */
const CAUTION = 1 / 4;
/** Halvings of the learning rate after a divergence. */
const ATTEMPTS = 5;

/**
 * Trains the two-layer network of an experiment; W₁ begins as the simulation's.
 * @throws TheoryError for a network of another kind, or where no learning rate holds
 */
export async function realTraining(
  experiment: Experiment,
  dataset: Dataset,
  problem: IsolatedProblem,
  initial: Float64Array,
  options: RealOptions,
): Promise<RealTraining> {
  let learningRate = stableRate(problem, initial);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++, learningRate /= 2) {
    try {
      return await trainedAt(learningRate, experiment, dataset, problem, options);
    } catch (error) {
      if (!(error instanceof DivergenceError)) throw error;
    }
  }
  throw new TheoryError(
    `training of the network diverges even with learning rate ${(2 * learningRate).toPrecision(2)}; take a smaller λ or smaller initial weights`,
  );
}

async function trainedAt(
  lr: number,
  experiment: Experiment,
  dataset: Dataset,
  { train: { count }, classes }: IsolatedProblem,
  { ridge, tau, points, enough, begin, open }: RealOptions,
): Promise<RealTraining> {
  const weight_decay = (2 * ridge) / (count * classes);
  const tauOfStep = (weight_decay * lr) / (1 - MOMENTUM);
  const total_steps = Math.ceil(tau / tauOfStep);
  const real: Experiment = {
    ...experiment,
    loader: { ...experiment.loader, batch_size: 'full' },
    laplacian_penalty: { ...experiment.laplacian_penalty, compute: false },
    train: {
      ...experiment.train,
      total_steps,
      loss: 'mse',
      objective: 'labels',
      temperature: 1,
      optimizer: 'sgd',
      lr,
      momentum: MOMENTUM,
      nesterov: false,
      weight_decay,
      weight_decay_kind: 'l2',
      scheduler: { ...experiment.train.scheduler, name: 'constant' },
      grad_clip_norm: null,
      norm_clamp: null,
      ema: { ...experiment.train.ema, use: false },
    },
  };
  begin?.(total_steps);
  const every = Math.max(1, Math.round(total_steps / points));
  const machine = await open();
  const seen: RealPoint[] = [];
  try {
    const trainer = await Trainer.start(real, dataset, machine);
    for (;;) {
      if (trainer.step % every === 0 || trainer.step === total_steps) {
        const point = pointOf(trainer, tauOfStep);
        seen.push(point);
        if (trainer.step === total_steps || enough?.(point)) break;
        await macrotask();
      }
      trainer.advance();
    }
  } finally {
    await machine.close();
  }
  return { points: seen, learningRate: lr, weightDecay: weight_decay, tauOfStep };
}

function pointOf(trainer: Trainer, tauOfStep: number): RealPoint {
  const { train, val } = trainer.evaluate();
  const parameters = trainer.parameters();
  const [first, last] = ['W_1', 'W_2'].map((name) => Float64Array.from(parameters.get(name)?.values ?? []));
  return {
    step: trainer.step,
    tau: trainer.step * tauOfStep,
    trainLoss: train.loss,
    trainAccuracy: train.accuracy,
    heldOutLoss: val.loss,
    heldOutAccuracy: val.accuracy,
    firstNorm: norm(first),
    lastNorm: norm(last),
    weights: first,
  };
}

/**
 * A learning rate that the curvature of the mean squared error in W₂ allows: its largest eigenvalue is 2/(nC) of that of HHᵀ,
 * and heavy-ball momentum is stable below 2(1 + β) over it.
 */
function stableRate(problem: IsolatedProblem, weights: Float64Array): number {
  const { train, width, classes } = problem;
  const hidden = new Float64Array(train.count * width);
  hiddenRows(problem, train, weights, new Float64Array(hidden.length), hidden);
  let direction = new Float64Array(width).fill(1 / Math.sqrt(width));
  let largest = 0;
  for (let iteration = 0; iteration < 30; iteration++) {
    const next = new Float64Array(width);
    for (let i = 0; i < train.count; i++) {
      const row = hidden.subarray(i * width, (i + 1) * width);
      let along = 0;
      for (let j = 0; j < width; j++) along += row[j] * direction[j];
      for (let j = 0; j < width; j++) next[j] += along * row[j];
    }
    largest = norm(next);
    direction = next.map((x) => x / largest);
  }
  return (CAUTION * (1 + MOMENTUM) * train.count * classes) / largest;
}
