/** The list of runs as the page knows it, asked for again and again while somebody looks. */

import { signal } from '@preact/signals';
import type { RunOutline, RunsListed } from '../../src/cli/lab/served-runs.ts';
import { stepLabel } from '../../src/figures/number-labels.ts';
import type { RunsServer } from './runs-server.ts';

const LIST_EVERY = 5000;

export class RunsList {
  /** Undefined until there is one, which on a plain web host is never. */
  readonly listed = signal<RunsListed | undefined>(undefined);
  /** Why there is none, or no newer one. */
  readonly fault = signal<string | undefined>(undefined);
  readonly #server: RunsServer;

  constructor(server: RunsServer) {
    this.#server = server;
  }

  /** Follows the list until the function it returns is called. */
  follow(isLookedAt: () => boolean): () => void {
    const end = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      try {
        if (isLookedAt()) {
          const listed = await this.#server.list(end.signal);
          if (listed === undefined) return;
          this.listed.value = listed;
          this.fault.value = undefined;
        }
      } catch (error) {
        if (end.signal.aborted) return;
        this.fault.value = error instanceof Error ? error.message : String(error);
      }
      if (!end.signal.aborted) timer = setTimeout(ask, LIST_EVERY);
    };
    void ask();
    return () => {
      end.abort();
      clearTimeout(timer);
    };
  }
}

const stateWords: Readonly<Record<RunOutline['state'], string>> = {
  finished: 'finished',
  diverged: 'diverged',
  'being-written': 'being trained',
  stopped: 'stopped',
};

/** What is said of a run under its name. */
export function outlineWords(run: RunOutline): string {
  const { state, last_step, memorized_step, grokked_step, problem } = run;
  if (problem !== undefined) return problem;
  const at = last_step === null ? '' : ` at step ${stepLabel(last_step)}`;
  const milestones = [
    ...(memorized_step === null ? [] : [`memorised at ${stepLabel(memorized_step)}`]),
    ...(grokked_step === null ? [] : [`grokked at ${stepLabel(grokked_step)}`]),
  ];
  return [`${stateWords[state]}${at}`, ...milestones].join(', ');
}

/** The runs whose names hold every word of `text`, in any case. */
export function filtered(runs: readonly RunOutline[], text: string): readonly RunOutline[] {
  const words = text.toLowerCase().split(/\s+/);
  return runs.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
}
