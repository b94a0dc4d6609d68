/** The forks that an address asks for, as far as they are possible, and in a sentence each those that are not. */

import { ConfigError, type Experiment } from 'grokscope';
import { isSimulated } from '../isolated/simulated-settings.ts';
import type { Leg } from '../saved/saved-key.ts';
import { readSettings, type WrittenSettings } from '../settings/written-settings.ts';
import { withChanges } from './changes.ts';
import { forkRefusal } from './fork-rules.ts';
import { linkedForkForm, readLinkedFork } from './linked-fork.ts';

/** A fork that is possible as far as settings tell. */
export interface AskedFork {
  /** From 1; forks are called by it. */
  readonly number: number;
  /** Number of the fork that it leaves, a smaller one; 0: the original. */
  readonly from: number;
  readonly step: number;
  readonly settings: WrittenSettings;
  /** What it does otherwise than the run that it leaves. */
  readonly changes: readonly string[];
}

/** What forks are made of. */
export interface AskedOriginal {
  readonly settings: WrittenSettings;
  /** Whether it is forked where it has checkpoints, instead of at evaluations. */
  readonly isRecorded: boolean;
}

/** A run that others may leave. */
interface Left {
  readonly settings: WrittenSettings;
  readonly experiment: Experiment;
  /** Where it begins. */
  readonly step: number;
}

/**
 * @param texts as the address has them
 * @param most how many there is room for
 */
export function askedForks(
  texts: readonly string[],
  { settings, isRecorded }: AskedOriginal,
  most: number,
): { readonly forks: readonly AskedFork[]; readonly faults: readonly string[] } {
  const forks: AskedFork[] = [];
  const faults: string[] = [];
  const original = readSettings(settings).experiment;
  const runs: (Left | undefined)[] = [{ settings, experiment: original, step: -1 }];
  for (const [i, text] of texts.entries()) {
    const number = i + 1;
    try {
      if (!isRecorded && isSimulated(original)) throw new Error('a simulation cannot be forked');
      if (forks.length >= most) throw new Error(`there is room for ${most} forks`);
      const linked = readLinkedFork(text);
      if (linked === undefined) throw new Error(`${linkedForkForm} was expected`);
      const { from, step, changes } = linked;
      const left = runs[from];
      if (left === undefined) throw new Error(`it leaves fork ${from}, which is not there before it`);
      const asked = withChanges(left.settings, changes);
      const experiment = experimentOf(asked);
      const reason =
        placeRefusal(left, from, step, isRecorded) ?? forkRefusal(left.experiment, experiment, step);
      if (reason !== undefined) throw new Error(reason);
      forks.push({ number, from, step, settings: asked, changes });
      runs.push({ settings: asked, experiment, step });
    } catch (error) {
      const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
      faults.push(`The address asks for fork=${text}, which is left out: ${reason}.`);
      runs.push(undefined);
    }
  }
  return { forks, faults };
}

/** @throws Error in the words of the first issue */
function experimentOf(settings: WrittenSettings): Experiment {
  try {
    return readSettings(settings).experiment;
  } catch (error) {
    throw error instanceof ConfigError ? new Error(error.issues[0]?.message, { cause: error }) : error;
  }
}

/** Why no state can be had there. */
function placeRefusal(left: Left, from: number, step: number, isRecorded: boolean): string | undefined {
  const { total_steps: end, eval_every_steps: every } = left.experiment.train;
  const run = from === 0 ? 'the original' : `fork ${from}`;
  if (step <= left.step) return `${run} begins at step ${left.step} only`;
  if (step > end) return `${run} ends at step ${end}`;
  if ((isRecorded && from === 0) || step % every === 0 || step === end) return undefined;
  return `${run} is evaluated every ${every} steps, so that there is no state of step ${step}`;
}

/** The way from the original to a fork, the fork itself last. */
export function lineageOf(fork: AskedFork, all: readonly AskedFork[]): Leg[] {
  const left = all.find(({ number }) => number === fork.from);
  return [...(left === undefined ? [] : lineageOf(left, all)), { step: fork.step, settings: fork.settings }];
}
