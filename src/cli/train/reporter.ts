/** What a training tells whoever watches: a terminal, a pipe, or a program that reads JSON. */

import type { Experiment } from '../../config/index.ts';
import type { RecordedSummary } from '../../runs/index.ts';
import type { Milestones } from '../../training/milestones.ts';
import type { Snapshot } from '../../training/train.ts';

export interface RunStart {
  readonly experiment: Experiment;
  /** Folder of the run. */
  readonly run: string;
  readonly runId: string;
  /** 0, or the step of the checkpoint the run goes on from. */
  readonly fromStep: number;
  readonly resumed: boolean;
  /** What had happened up to there. */
  readonly milestones: Milestones;
  readonly notices: readonly string[];
}

export interface RunEnd {
  readonly experiment: Experiment;
  readonly run: string;
  /** Steps done. */
  readonly step: number;
  /** Seconds of training, earlier sessions included. */
  readonly seconds: number;
  readonly summary: RecordedSummary;
}

export interface Reporter {
  start(start: RunStart): void;
  /** After every step. */
  step(step: number): void;
  snapshot(snapshot: Snapshot): void;
  checkpoint(step: number, path: string): void;
  /** Something the reader should know, during the run. */
  notice(sentence: string): void;
  /** The first Ctrl-C: the step at hand is still done. */
  stopping(): void;
  /** The run can be gone on with by `resume`, a command line. */
  interrupted(step: number, run: string, resume: string): void;
  /** There was nothing to do. */
  alreadyFinished(run: string): void;
  done(end: RunEnd): void | Promise<void>;
  failed(message: string, exitCode: number): void;
  /** Leaves the terminal as it was found; afterwards errors may be written. Closing twice does nothing. */
  close(): void;
}
