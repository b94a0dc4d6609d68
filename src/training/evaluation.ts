/**
 * What is measured at an evaluation: mean loss, accuracy and softmax collapse of a set of examples, the norm of the
 * weights, and the logits of any examples. Reads the parameters and changes nothing.
 */

import type { Experiment } from '../config/index.ts';
import {
  add,
  cast,
  type Expr,
  type Machine,
  meanExamples,
  type Program,
  sqrt,
  square,
  sum,
  type Values,
} from '../engine/index.ts';
import { correct } from './losses/accuracy.ts';
import { exampleLoss, overAnswers } from './losses/index.ts';
import { expectedReward } from './losses/reward.ts';
import { softmaxCollapse } from './losses/softmax_collapse.ts';

/** Means over the examples of one split. */
export interface SplitMetrics {
  loss: number;
  /** Fraction answered correctly, 0 to 1. */
  accuracy: number;
  /** Fraction of examples whose softmax has collapsed; only for losses with a softmax. */
  softmax_collapse?: number;
  /** Mean probability of the right answer under softmax(z/τ): the reward a policy expects; of tasks and objectives with a reward. */
  reward?: number;
}

export class Evaluation {
  private readonly means: Program;
  private readonly norm: Program;
  private readonly machine: Machine;
  private readonly logitsOf: Expr;
  private readonly size: number;
  private logitsProgram: Program | undefined;
  private readonly collapses: boolean;
  private readonly rewards: boolean;
  /** [size]: 1 where the last evaluation of an example found it answered rightly; kept where it is asked for. */
  readonly right: Uint8Array | undefined;

  /**
   * @param logits of the model in evaluation mode, reading the weights to be evaluated
   * @param size examples of the data set
   * @param keepsRight whether it is kept which examples are answered rightly; no number depends on it
   */
  constructor(
    machine: Machine,
    experiment: Experiment,
    logits: Expr,
    label: Expr,
    parameters: readonly Expr[],
    size: number,
    keepsRight = false,
  ) {
    const { train } = experiment;
    this.machine = machine;
    this.size = size;
    this.logitsOf = logits;
    this.collapses = train.loss === 'cross_entropy';
    this.rewards = ['parity', 'copy'].includes(experiment.task) || train.objective === 'reinforce';
    const right = correct(logits, label, 'f64');
    const outputs: Record<string, Expr> = {
      loss: meanExamples(exampleLoss(logits, label, train)),
      accuracy: meanExamples(right),
    };
    if (keepsRight) this.right = new Uint8Array(size);
    if (this.collapses)
      outputs.softmax_collapse = meanExamples(overAnswers(softmaxCollapse(logits, label, train)));
    if (this.rewards)
      outputs.reward = meanExamples(cast(overAnswers(expectedReward(logits, label, train)), 'f64'));
    const perExample = keepsRight ? { right } : undefined;
    this.means = machine.compile({ outputs, perExample }, { mostExamples: size });
    const squares = parameters.map((w) => sum(square(cast(w, 'f64'))));
    this.norm = machine.compile({ outputs: { norm: sqrt(squares.reduce((a, b) => add(a, b))) } });
  }

  /** Metrics of a set of examples, given by number. */
  of(examples: Int32Array): SplitMetrics {
    this.means.run(examples);
    if (this.right !== undefined) {
      const right = this.means.value('right');
      for (let i = 0; i < examples.length; i++) this.right[examples[i] as number] = right[i] as number;
    }
    const metrics: SplitMetrics = {
      loss: this.means.scalar('loss'),
      accuracy: this.means.scalar('accuracy'),
    };
    if (this.collapses) metrics.softmax_collapse = this.means.scalar('softmax_collapse');
    if (this.rewards) metrics.reward = this.means.scalar('reward');
    return metrics;
  }

  /** ‖θ‖ over all evaluated parameters. */
  weightNorm(): number {
    this.norm.run();
    return this.norm.scalar('norm');
  }

  /** Logits [examples, classes], or [examples, answers, classes], of the given examples, in their order. */
  logits(examples: Int32Array): Values {
    this.logitsProgram ??= this.machine.compile(
      { outputs: {}, perExample: { logits: this.logitsOf } },
      { mostExamples: this.size },
    );
    this.logitsProgram.run(examples);
    return this.logitsProgram.value('logits');
  }
}
