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
    if (training.numericVersion === NUMERIC_VERSION && isWhole(training)) return { training };
    await store.forget(key);
    if (training.numericVersion === NUMERIC_VERSION)
      return { notice: 'What was saved of this training is damaged, and is dropped.' };
    const notice =
      `This training was saved under numeric version ${training.numericVersion}, and this lab computes with ` +
      `version ${NUMERIC_VERSION}, which gives other bits: it begins again at step 0.`;
    return { notice };
  } catch {
    // What cannot be read cannot be saved either; saving says so.
    return {};
  }
}

/** Whether it is what is saved, as far as that can be seen; it may have been written by anything. */
function isWhole({ state, history }: SavedTraining): boolean {
  const steps = history.map(({ rows }) => (Array.isArray(rows) ? rows[0]?.step : undefined));
  const ascend = steps.every((step, i) => Number.isInteger(step) && step > (steps[i - 1] ?? -1));
  const last = steps.at(-1) ?? Number.POSITIVE_INFINITY;
  return ascend && state?.tensors instanceof Map && Number.isInteger(state.step) && last <= state.step;
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
