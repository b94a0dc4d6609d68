/** One training into one open run: the only way there is, for a command, a pool of runs and whoever else starts them. */

import type { Experiment } from '../config/index.ts';
import type { Machine } from '../engine/index.ts';
import { DivergenceError } from '../training/divergence.ts';
import { type Milestones, MilestoneTracker } from '../training/milestones.ts';
import { type ObservedStep, type Snapshot, train } from '../training/train.ts';
import { milestoneOptions, type RecordedSummary } from './recorded-summary.ts';
import { RunRecorder, resumptionOf } from './recorder.ts';
import type { Resumption, RunDirectory } from './run-directory.ts';

/** Whoever looks on. Nothing it does changes the training. */
export interface RunWatcher {
  /** Before the first step, with what had happened up to there. */
  start?(fromStep: number, milestones: Milestones): void;
  /** After every step. */
  step?(step: number): void;
  /** After it was recorded. */
  snapshot?(snapshot: Snapshot): void;
  checkpoint?(step: number, path: string): void;
}

/** What a run is trained with. */
export interface RunTraining {
  readonly machine: Machine;
  /** When aborted, the run ends after the step at hand with a checkpoint. */
  readonly signal: AbortSignal;
  /** Whether the folder held the run already; a new one whose training cannot be set up is taken back. */
  readonly resumed: boolean;
  /** What the reader of the run should know from the start; kept in meta.json of a new run. */
  readonly notices: readonly string[];
  readonly watcher: RunWatcher;
  /**
   * What a trained run is still given before it counts as finished.
   * @returns false when that was interrupted: a resumed run does it again
   */
  readonly afterTraining?: (run: RunDirectory) => Promise<boolean>;
}

/** How a training ended. */
export type RunOutcome =
  /** `seconds` of training, those of earlier sessions included. */
  | {
      readonly kind: 'finished';
      readonly step: number;
      readonly seconds: number;
      readonly summary: RecordedSummary;
    }
  /** With a checkpoint at `step`; the run can be resumed. */
  | { readonly kind: 'interrupted'; readonly step: number }
  /** Its numbers left the floats, which its summary says. */
  | { readonly kind: 'diverged'; readonly error: DivergenceError; readonly summary: RecordedSummary };

/**
 * Trains until the run is finished, diverges or is stopped, and closes it.
 * @throws RunError, EngineError or MeasureRefusal; what was written before stays whole.
 */
export async function trainRun(
  resumption: Resumption,
  experiment: Experiment,
  { machine, signal, resumed, notices, watcher, afterTraining }: RunTraining,
): Promise<RunOutcome> {
  const { run, checkpoint, seconds } = resumption;
  try {
    if (!resumed) for (const notice of notices) run.addNotice(notice);
    const recorder = new RunRecorder(run, experiment, { seconds });
    const resume = resumptionOf(resumption);
    let step = checkpoint?.step ?? 0;
    let begun = false;
    let finished = false;
    watcher.start?.(step, milestonesAfter(resume?.history ?? [], experiment));
    try {
      const onStep = (done: number) => watcher.step?.(done);
      for await (const snapshot of train(experiment, { resume, onStep, signal, machine })) {
        begun = true;
        step = snapshot.step;
        finished = snapshot.last;
        const path = recorder.record(snapshot);
        watcher.snapshot?.(snapshot);
        if (path !== undefined) watcher.checkpoint?.(step, path);
      }
    } catch (error) {
      if (!begun && !resumed) recorder.discard();
      if (!(error instanceof DivergenceError)) throw error;
      return { kind: 'diverged', error, summary: recorder.diverge(error) };
    }
    // A run that had done all its steps when it was stopped has only its end to write.
    if (!finished && signal.aborted) return { kind: 'interrupted', step };
    const { seconds: trained } = recorder;
    if (afterTraining !== undefined && !(await afterTraining(run))) return { kind: 'interrupted', step };
    return { kind: 'finished', step, seconds: trained, summary: recorder.finish() };
  } finally {
    run.close();
  }
}

function milestonesAfter(history: readonly ObservedStep[], { milestones }: Experiment): Milestones {
  const tracker = new MilestoneTracker(milestoneOptions(milestones));
  for (const { step, ...accuracies } of history) tracker.observe(step, accuracies);
  return tracker.state;
}
