/**
 * A training: the machine, the model and its step, driven one step at a time. Its whole state is the step and the named
 * tensors; everything random is a pure function of the seed and the step, so a resumed training goes on bit for bit.
 */

import type { Experiment } from '../config/index.ts';
import {
  type Dtype,
  type Expr,
  economize,
  input,
  Machine,
  type Program,
  type Values,
} from '../engine/index.ts';
import { buildModel, type Model } from '../models/index.ts';
import type { Dataset } from '../tasks/index.ts';
import { Batches } from './batches.ts';
import { DivergenceError } from './divergence.ts';
import { readingInstead } from './ema.ts';
import { Evaluation, type SplitMetrics } from './evaluation.ts';
import { parameterName } from './optimizers/parameter_name.ts';
import { PenaltyProgram } from './penalty_program.ts';
import { type PenaltyStep, penaltyStep } from './penalty_step.ts';
import { Probe } from './probe.ts';
import { stepLoss } from './step_loss.ts';
import { type UpdateRule, updateRule } from './update_rule.ts';

/** A named array in row-major order. */
export interface Tensor {
  dtype: Dtype;
  shape: readonly number[];
  values: Values;
}

/** All that a training is at one moment. */
export interface TrainerState {
  step: number;
  /** Weights by name, the optimiser's state, and moving averages. */
  tensors: Map<string, Tensor>;
}

/** Metrics by split: `val` is the validation set where there is one and the held-out pairs otherwise; see `test`. */
export interface SplitsMetrics {
  train: SplitMetrics;
  val: SplitMetrics;
  /** The held-out pairs, only where a validation set stands apart. */
  test?: SplitMetrics;
}

/** What a trainer does beside training; nothing here changes a number of it. */
export interface TrainerOptions {
  /** Keeps which examples an evaluation found rightly answered. */
  readonly keepAnswers?: boolean;
}

/** The network's inputs and what is made of them, for one experiment and data set. */
export interface Network {
  model: Model;
  tokens: Expr[];
  label: Expr;
  /** In train mode. */
  logits: Expr;
  meanLoss: Expr;
  rule: UpdateRule;
  /** Where one is switched on. */
  penalty: PenaltyStep | undefined;
  /** Of the evaluated weights (the moving average where one is used), in evaluation mode. */
  evaluated: { logits: Expr; parameters: Expr[] };
}

/**
 * Writes the whole training step down as expressions; nothing is allocated.
 * @param rewrite takes the logits and the examples of a step to cheaper ones before anything is differentiated
 */
export function buildNetwork(experiment: Experiment, dataset: Dataset, rewrite = economize): Network {
  const { train } = experiment;
  const { vocabulary, classes, answers } = dataset;
  const data = { vocabulary, classes, answers, operands: dataset.tokens.length };
  const model = buildModel(experiment.model, data, train.dtype);
  const tokens = dataset.tokens.map((_, i) => input(`token${i}`, [], 'i32', { examples: true }));
  const label = input('label', labelShape(dataset), 'i32', { examples: true });
  const batch = new Batches(dataset.split.train, experiment).size;
  const [logits] = rewrite([model.forward(tokens, 'train').logits], batch) as [Expr];
  const { meanLoss, state, updates } = stepLoss(logits, label, train);
  const penalty = penaltyStep(experiment, model, vocabulary, dataset.split.train.length);
  const rule = updateRule(meanLoss, model.parameters, train, penalty?.gradients);
  rule.state.push(...state);
  rule.updates.push(...updates);
  const plain = rewrite([model.forward(tokens, 'eval').logits], batch);
  const [evaluatedLogits] = readingInstead(plain, rule.shadows) as [Expr];
  const parameters = model.parameters.map((parameter) => rule.shadows.get(parameter) ?? parameter);
  return {
    model,
    tokens,
    label,
    logits,
    meanLoss,
    rule,
    penalty,
    evaluated: { logits: evaluatedLogits, parameters },
  };
}

/** One label for each answer of an example; a single one has no axis. */
function labelShape({ answers }: Dataset): number[] {
  return answers === 1 ? [] : [answers];
}

/** What of a step is watched, and where it stands in `seen`. */
const WATCHED = ['loss', 'gradientNorm'];
const [LOSS, NORM, BEFORE] = [0, 1, 2];

/** A training driven step by step; `train` is the usual way to drive it. */
export class Trainer {
  readonly experiment: Experiment;
  readonly dataset: Dataset;
  readonly machine: Machine;
  /** Steps done. */
  step = 0;
  private readonly network: Network;
  private readonly program: Program;
  private readonly batches: Batches;
  private readonly evaluation: Evaluation;
  private readonly penalty: PenaltyProgram | undefined;
  /** For observers: the network, open to further graphs that only read. */
  readonly probe: Probe;
  /** Values of the step's settings; written anew for each step, so that a step makes no objects. */
  private readonly settings: Float64Array;
  /** Loss and gradient norm of the last step, and the norm of the step before it. */
  private readonly seen = new Float64Array(3).fill(Number.NaN);

  private constructor(
    experiment: Experiment,
    dataset: Dataset,
    machine: Machine,
    { keepAnswers = false }: TrainerOptions,
  ) {
    this.experiment = experiment;
    this.dataset = dataset;
    this.machine = machine;
    this.network = buildNetwork(experiment, dataset);
    this.batches = new Batches(dataset.split.train, experiment);
    const columns = Object.fromEntries(dataset.tokens.map((values, i) => [`token${i}`, values]));
    const shapes = { label: labelShape(dataset) };
    machine.setColumns({ ...columns, label: dataset.labels }, dataset.size, shapes);
    this.initialize();
    const { meanLoss, rule, label, evaluated } = this.network;
    this.program = machine.compile(
      { outputs: { loss: meanLoss, gradientNorm: rule.gradientNorm }, updates: rule.updates },
      { mostExamples: this.batches.size },
    );
    this.program.setSetting('seed', experiment.seed | 0);
    this.settings = new Float64Array(rule.settings.length);
    this.evaluation = new Evaluation(
      machine,
      experiment,
      evaluated.logits,
      label,
      evaluated.parameters,
      dataset.size,
      keepAnswers,
    );
    const { refresh_steps } = experiment.laplacian_penalty;
    this.penalty =
      this.network.penalty && new PenaltyProgram(machine, dataset, this.network.penalty, refresh_steps);
    this.probe = new Probe(experiment, dataset, machine, this.network.model, rule.shadows);
  }

  /** Builds the training at step 0: initial weights, nothing run yet. */
  static async start(
    experiment: Experiment,
    dataset: Dataset,
    machine?: Machine,
    options: TrainerOptions = {},
  ): Promise<Trainer> {
    return new Trainer(experiment, dataset, machine ?? (await Machine.open()), options);
  }

  private initialize(): void {
    const { model, rule } = this.network;
    const initial = model.initial(this.experiment.seed);
    for (const parameter of model.parameters) {
      const values = initial.get(parameterName(parameter)) as Float64Array;
      this.machine.setParameter(parameter, values);
      const shadow = rule.shadows.get(parameter);
      if (shadow !== undefined) this.machine.setParameter(shadow, values);
    }
    for (const state of rule.state) this.machine.setParameter(state, new Float64Array(size(state)));
  }

  /**
   * Does one step.
   * @throws DivergenceError when its loss or gradient is not finite
   */
  advance(): void {
    const step = this.step + 1;
    const { program, settings, seen } = this;
    const { rule, penalty } = this.network;
    if (penalty !== undefined && penalty.gradients.size > 0) this.penalty?.run();
    rule.writeSettings(step, settings);
    program.setSettings(rule.settings, settings);
    program.run(this.batches.of(step));
    this.step = step;
    seen[BEFORE] = seen[NORM] as number;
    program.readScalars(WATCHED, seen);
    if (!Number.isFinite(seen[LOSS])) throw this.divergence('loss', LOSS);
    if (!Number.isFinite(seen[NORM])) throw this.divergence('gradient', NORM);
    this.penalty?.afterStep(step);
  }

  /** Mean loss over the examples of the last step, before its update. */
  get batchLoss(): number {
    return this.seen[LOSS] as number;
  }

  private divergence(quantity: 'loss' | 'gradient', at: number): DivergenceError {
    const before = this.seen[BEFORE] as number;
    return new DivergenceError(
      this.step,
      quantity,
      this.seen[at] as number,
      Number.isNaN(before) ? undefined : before,
    );
  }

  /** Metrics of all splits at the present weights. */
  evaluate(): SplitsMetrics {
    const { train, validation, heldOut } = this.dataset.split;
    if (validation.length === 0)
      return { train: this.evaluation.of(train), val: this.evaluation.of(heldOut) };
    return {
      train: this.evaluation.of(train),
      val: this.evaluation.of(validation),
      test: this.evaluation.of(heldOut),
    };
  }

  /**
   * [size], of the last evaluation: 1 where all answers of an example were right, as the accuracies count them. A copy; undefined
   * unless `keepAnswers` asked for it.
   */
  rightAnswers(): Uint8Array | undefined {
    return this.evaluation.right?.slice();
  }

  /** ‖θ‖ of the evaluated weights. */
  weightNorm(): number {
    return this.evaluation.weightNorm();
  }

  /** The penalty at the trained weights, not multiplied by α; undefined without one. */
  penaltyValue(): number | undefined {
    return this.penalty?.value();
  }

  /** Logits [size, classes], or [size, answers, classes], of every example the task knows, train or not, in their order. */
  logits(): Values {
    return this.evaluation.logits(Int32Array.from({ length: this.dataset.size }, (_, example) => example));
  }

  /** The evaluated weights by name. */
  parameters(): Map<string, Tensor> {
    const { model, evaluated } = this.network;
    return new Map(
      model.parameters.map((node, i) => [parameterName(node), this.tensor(evaluated.parameters[i] as Expr)]),
    );
  }

  private tensor(node: Expr): Tensor {
    return { dtype: node.dtype, shape: node.shape, values: this.machine.getParameter(node) };
  }

  private stateNodes(): Expr[] {
    const { model, rule } = this.network;
    return [...model.parameters, ...rule.state, ...rule.shadows.values(), ...(this.penalty?.state ?? [])];
  }

  /** A copy of the whole state, for a checkpoint. */
  state(): TrainerState {
    return {
      step: this.step,
      tensors: new Map(this.stateNodes().map((node) => [parameterName(node), this.tensor(node)])),
    };
  }

  /**
   * Goes back, or on, to a state from `state()` of the same experiment.
   * @throws Error naming the tensor that is missing or of another shape
   */
  restore(state: TrainerState): void {
    const nodes = this.stateNodes();
    for (const node of nodes) {
      const name = parameterName(node);
      const tensor = state.tensors.get(name);
      if (tensor === undefined)
        throw new Error(`restore: the state has no tensor "${name}"; it belongs to another model`);
      if (tensor.shape.join() !== node.shape.join() || tensor.dtype !== node.dtype) {
        throw new Error(
          `restore: tensor "${name}" is ${tensor.dtype} [${tensor.shape.join(', ')}], this model needs ` +
            `${node.dtype} [${node.shape.join(', ')}]`,
        );
      }
    }
    for (const node of nodes)
      this.machine.setParameter(node, (state.tensors.get(parameterName(node)) as Tensor).values);
    this.step = state.step;
    this.seen.fill(Number.NaN);
  }
}

function size(node: Expr): number {
  return node.shape.reduce((a, b) => a * b, 1);
}
