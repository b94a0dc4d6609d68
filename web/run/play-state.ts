/** Whether a run that a worker computes goes on, waits or has ended: what the page asked for, and what the worker says. */

import { signal } from '@preact/signals';
import type { RunStatus } from './lab-run.ts';

export class PlayState {
  readonly status = signal<RunStatus>({ kind: 'loading' });
  #playing: boolean;
  #isOver = false;

  /** @param playing whether it is to go on as soon as it is ready */
  constructor(playing: boolean) {
    this.#playing = playing;
  }

  /** The worker is about to begin. */
  ready(): void {
    this.status.value = { kind: this.#playing ? 'running' : 'paused' };
  }

  /** The page asks it to go on. @returns false where nobody hears it any more */
  goOn(): boolean {
    if (this.#isOver) return false;
    this.#playing = true;
    if (this.status.value.kind !== 'loading') this.status.value = { kind: 'running' };
    return true;
  }

  /** The page asks it to pause; it is paused when its worker says so. @returns false where nobody hears it any more */
  pause(): boolean {
    if (this.#isOver) return false;
    this.#playing = false;
    return true;
  }

  /** The worker says whether it waits for a request. */
  hear(waiting: boolean): void {
    if (waiting) {
      this.#playing = false;
      this.status.value = { kind: 'paused' };
    } else if (this.status.value.kind === 'paused') {
      // It was asked to go on before the page heard that it waits.
      this.#playing = true;
      this.status.value = { kind: 'running' };
    }
  }

  /** Its worker is ended; the status stays as it is. */
  end(): void {
    this.#isOver = true;
  }
}
