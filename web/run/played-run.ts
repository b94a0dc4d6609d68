/** A run that is computed in this page, by training or by simulation: what play, pause, step and speed need of it. */

import type { WrittenSettings } from '../settings/written-settings.ts';
import type { PausingMilestone } from '../worker/gate.ts';
import type { LabRun } from './lab-run.ts';

/** How a run is begun. */
export interface PlayedStart {
  readonly settings: WrittenSettings;
  /** Steps a second at most; Infinity for no limit. */
  readonly pace: number;
  readonly playing: boolean;
  /** Pauses at the evaluation at which this is first known. */
  readonly until?: PausingMilestone | undefined;
}

export interface PlayedRun extends LabRun {
  readonly settings: WrittenSettings;
  /** Steps from one evaluation to the next; 1 until it is known. Reads signals. */
  readonly interval: number;
  /** @param until to the evaluation at which this is first known, and paused there; else on and on */
  play(until?: PausingMilestone): void;
  /** Obeyed after the step at hand, and after its evaluation where one is due. */
  pause(): void;
  /** On to the next evaluation, and paused there. */
  advance(): void;
  setPace(pace: number): void;
  /** Ends its worker; the run keeps what it has. */
  dispose(): void;
}

/** Threads to compute on: as many as there are cores, up to 4: small networks gain nothing from more, and the page needs its core only for moments. */
export function threadsFor(): number {
  if (!globalThis.crossOriginIsolated) return 1;
  return Math.max(1, Math.min(4, navigator.hardwareConcurrency));
}

/** Where it computes: threads at work, and which kernels the browser can run. */
export interface Computing {
  readonly threads: number;
  readonly kernels: 'fused' | 'emulated';
}
