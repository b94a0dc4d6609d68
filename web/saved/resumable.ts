/** Which runs of a page can go on from where they were saved in this browser, so that every fork still finds its beginning. */

import { NUMERIC_VERSION } from 'grokscope';
import { type AskedFork, lineageOf } from '../forks/asked-forks.ts';
import type { WrittenSettings } from '../settings/written-settings.ts';
import { savedKey } from './saved-key.ts';
import type { SavedOutline, TrainingStore } from './saved-training.ts';

type Outlines = Pick<TrainingStore, 'outline'>;

export interface Resumable {
  /** False where it was saved beyond a step at which it is still to be forked: it begins again. */
  readonly original: boolean;
  /** Numbers of forks that were saved. */
  readonly forks: ReadonlySet<number>;
}

/** What can go on from where it was saved here, with the same bits; undefined where nothing is, or nothing can be read. */
export async function savedOutline(
  store: Outlines,
  original: WrittenSettings,
  lineage: Parameters<typeof savedKey>[1] = [],
): Promise<SavedOutline | undefined> {
  try {
    const outline = await store.outline((await savedKey(original, lineage)).key);
    return outline?.numericVersion === NUMERIC_VERSION ? outline : undefined;
  } catch {
    return undefined;
  }
}

export async function resumable(
  store: Outlines,
  original: WrittenSettings,
  forks: readonly AskedFork[],
): Promise<Resumable> {
  const saved = new Map<number, SavedOutline | undefined>([[0, await savedOutline(store, original)]]);
  for (const fork of forks)
    saved.set(fork.number, await savedOutline(store, original, lineageOf(fork, forks)));
  const goesOn = (number: number): boolean => {
    const outline = saved.get(number);
    return outline !== undefined && findsBeginnings(number, outline.step);
  };
  const findsBeginnings = (number: number, from: number): boolean =>
    forks.every((fork) => fork.from !== number || fork.step >= from || goesOn(fork.number));
  return {
    original: findsBeginnings(0, saved.get(0)?.step ?? 0),
    forks: new Set(forks.map(({ number }) => number).filter(goesOn)),
  };
}
