/** A hand of the pool: something that performs one run after another, in this process or in one of its own. */

import type { FileSystem } from '../../runs/index.ts';
import { type JobEnd, performRun, type RunJob } from './perform-run.ts';

export interface Hand {
  /** @throws HandLost when its process has died; another hand can go on with the run */
  perform(job: RunJob, onStep: (step: number) => void): Promise<JobEnd>;
  /** The run at hand ends after its step, with a checkpoint. */
  stop(): void;
  /** Lets go of the process. */
  dismiss(): void;
}

/** The process that performed a run has died. */
export class HandLost extends Error {
  override readonly name = 'HandLost';
}

/** Performs runs in this process, one at a time. */
export function ownHand(disk?: FileSystem): Hand {
  const stop = new AbortController();
  return {
    perform: (job, onStep) => performRun(job, { signal: stop.signal, onStep, disk }),
    stop: () => stop.abort(),
    dismiss: () => {},
  };
}
