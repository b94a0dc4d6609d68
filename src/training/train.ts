/**
 * Training as an async iterator of snapshots. Whoever iterates observes: a snapshot computes what is asked of it from
 * the weights as they stand, and nothing it computes changes the training.
 */

import type { Experiment } from '../config/index.ts';
import type { Machine, Values } from '../engine/index.ts';
import { buildDataset, type Dataset } from '../tasks/index.ts';
import { macrotask } from './macrotask.ts';
import { type Milestones, MilestoneTracker } from './milestones.ts';
import type { Probe } from './probe.ts';
import { type SplitsMetrics, type Tensor, Trainer, type TrainerState } from './trainer.ts';

/** The training at one of its steps; valid until the iterator is advanced. */
export interface Snapshot {
  /** Steps done. */
  readonly step: number;
  /** Set at evaluations: every `eval_every_steps`, at step 0 and at the last step. */
  readonly metrics: SplitsMetrics | undefined;
  /** ‖θ‖, set at evaluations. */
  readonly weightNorm: number | undefined;
  /** The penalty at the trained weights, not multiplied by its strength; set at evaluations of a run that has one. */
  readonly penalty: number | undefined;
  readonly milestones: Milestones;
  /** True where a checkpoint is due: every `checkpoint_every_steps` and at the last step. */
  readonly checkpoint: boolean;
  /** True for the last snapshot of the run. */
  readonly last: boolean;
  readonly dataset: Dataset;
  /** The evaluated weights by name. */
  parameters(): Map<string, Tensor>;
  /** Logits [size, classes], or [size, answers, classes], of every example the task knows. */
  logits(): Values;
  /** [size]: 1 where this evaluation found all answers of an example right; undefined unless `TrainOptions.keepAnswers`. */
  rightAnswers(): Uint8Array | undefined;
  /** All that a resumed run needs. */
  state(): TrainerState;
  /** For measures: the evaluated network, open to graphs that only read. The same object at every snapshot of a training. */
  readonly probe: Probe;
}

/** How a training is run; nothing here changes a number of it but `dataset`. */
export interface TrainOptions {
  /** Resume from this state, with the accuracies seen up to it (for the milestones). */
  readonly resume?: { state: TrainerState; history: readonly ObservedStep[] };
  /** Called after every step, with the mean loss of its examples before the update. */
  readonly onStep?: (step: number, batchLoss: number) => void;
  /**
   * Waited for after every step; undefined lets one turn of the event loop pass. Whoever shows a run slows it down or holds
   * it here.
   */
  readonly pace?: (step: number) => Promise<unknown> | undefined;
  /** When aborted, the run ends after the step at hand with a last snapshot that asks for a checkpoint. */
  readonly signal?: AbortSignal;
  /** A machine of its own for this run; by default a new one. */
  readonly machine?: Machine;
  /** Train on these examples instead of those of `experiment.task`. */
  readonly dataset?: Dataset;
  /** Keeps which examples each evaluation finds rightly answered, which costs no pass over them. */
  readonly keepAnswers?: boolean;
}

/** The accuracies of one evaluation, fractions of 1, for the milestones of a resumed run. */
export interface ObservedStep {
  step: number;
  train?: number;
  val?: number;
  test?: number;
}

/**
 * Trains an experiment, yielding a snapshot at step 0, at each evaluation and checkpoint, and at the end: after
 * `total_steps`, or `stop_after_grok_steps` after stable grokking.
 * @throws DivergenceError when the loss or gradient stops being finite
 */
export async function* train(
  experiment: Experiment,
  options: TrainOptions = {},
): AsyncGenerator<Snapshot, void, void> {
  const { train: config, milestones } = experiment;
  const dataset = options.dataset ?? buildDataset(experiment);
  const { keepAnswers } = options;
  const trainer = await Trainer.start(experiment, dataset, options.machine, { keepAnswers });
  const tracker = new MilestoneTracker({
    memorizeThreshold: milestones.memorize_threshold,
    grokThreshold: milestones.grok_threshold,
    grokPatience: milestones.grok_patience,
  });
  if (options.resume !== undefined) {
    trainer.restore(options.resume.state);
    for (const { step, ...accuracies } of options.resume.history) tracker.observe(step, accuracies);
  }
  // A resumed run has already written the evaluation of the step it starts from.
  let written = options.resume === undefined ? -1 : trainer.step;
  for (;;) {
    const { step } = trainer;
    const aborted = options.signal?.aborted ?? false;
    const done = step >= config.total_steps || grokkedLongEnough(tracker, step, config.stop_after_grok_steps);
    const evaluationDue = step % config.eval_every_steps === 0 || done;
    const checkpointDue = (step > 0 && step % config.checkpoint_every_steps === 0) || done || aborted;
    if (step > written && (evaluationDue || checkpointDue)) {
      const metrics = evaluationDue ? trainer.evaluate() : undefined;
      if (metrics !== undefined) tracker.observe(step, accuraciesOf(metrics));
      // The evaluation itself may show that the run has grokked for long enough.
      const last = done || grokkedLongEnough(tracker, step, config.stop_after_grok_steps);
      yield snapshotOf(trainer, metrics, tracker.state, checkpointDue || last, last);
      written = step;
      if (last || aborted) return;
    } else if (done || aborted) {
      return;
    }
    trainer.advance();
    options.onStep?.(trainer.step, trainer.batchLoss);
    await (options.pace?.(trainer.step) ?? macrotask());
  }
}

function grokkedLongEnough(tracker: MilestoneTracker, step: number, after: number | null): boolean {
  const { grokked_step } = tracker.state;
  return after !== null && grokked_step !== null && step >= grokked_step + after;
}

function accuraciesOf(metrics: SplitsMetrics): Omit<ObservedStep, 'step'> {
  const test = metrics.test === undefined ? {} : { test: metrics.test.accuracy };
  return { train: metrics.train.accuracy, val: metrics.val.accuracy, ...test };
}

function snapshotOf(
  trainer: Trainer,
  metrics: SplitsMetrics | undefined,
  milestones: Milestones,
  checkpoint: boolean,
  last: boolean,
): Snapshot {
  return {
    step: trainer.step,
    metrics,
    weightNorm: metrics === undefined ? undefined : trainer.weightNorm(),
    penalty: metrics === undefined ? undefined : trainer.penaltyValue(),
    milestones,
    checkpoint,
    last,
    dataset: trainer.dataset,
    parameters: () => trainer.parameters(),
    logits: () => trainer.logits(),
    rightAnswers: () => trainer.rightAnswers(),
    state: () => trainer.state(),
    probe: trainer.probe,
  };
}
