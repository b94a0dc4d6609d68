/** Looks for a training that was saved in this browser, and says what became of one that cannot go on. */

import { NUMERIC_VERSION, type ObservedStep, type TrainOptions } from 'grokscope';
import type { SavedTraining, TrainingStore } from './saved-training.ts';

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
export function resumptionOf({
  state,
  history,
}: Pick<SavedTraining, 'state' | 'history'>): NonNullable<TrainOptions['resume']> {
  const observed = history.map(({ rows }) =>
    Object.assign(
      { step: rows[0]?.step ?? 0 },
      ...rows.map(({ split, values }) => ({ [split]: values.accuracy })),
    ),
  ) as ObservedStep[];
  return { state, history: observed };
}
