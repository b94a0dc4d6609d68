/** Looks for a training that was saved in this browser, and says what became of one that cannot go on. */

import { type Experiment, NUMERIC_VERSION, type ObservedStep, type TrainOptions } from 'grokscope';
import { runIdText } from '../../src/config/canonical-json.ts';
import { meaningOf } from '../../src/config/index.ts';
import { sha256 } from '../../src/training/sha256.ts';
import type { SavedTraining, TrainingStore } from './saved-training.ts';

/** The name under which a training is saved: SHA-256 of its settings alone, so that one of another version is found too. */
export function savedKey(experiment: Experiment): Promise<string> {
  return sha256(new TextEncoder().encode(runIdText(meaningOf(experiment), '')));
}

/** @returns the training, or undefined and, where one had to be dropped, a sentence */
export async function restore(
  store: TrainingStore,
  key: string,
): Promise<{ readonly training?: SavedTraining; readonly notice?: string }> {
  try {
    const training = await store.load(key);
    if (training === undefined) return {};
    if (training.numericVersion === NUMERIC_VERSION) return { training };
    await store.forget(key);
    const notice =
      `This training was saved under numeric version ${training.numericVersion}, and this lab computes with ` +
      `version ${NUMERIC_VERSION}, which gives other bits: it begins again at step 0.`;
    return { notice };
  } catch {
    // What cannot be read cannot be saved either; saving says so.
    return {};
  }
}

/** What `train` needs to go on. */
export function resumptionOf({ state, history }: SavedTraining): TrainOptions['resume'] {
  const observed = history.map(({ rows }) =>
    Object.assign(
      { step: rows[0]?.step ?? 0 },
      ...rows.map(({ split, values }) => ({ [split]: values.accuracy })),
    ),
  ) as ObservedStep[];
  return { state, history: observed };
}
