/** Says what takes so long where a run needs more than a moment until there is something to be seen. */

import { useEffect, useState } from 'preact/hooks';
import { taskShape } from '../../src/config/index.ts';
import { stepLabel } from '../../src/figures/number-labels.ts';
import type { TrainingRun } from '../run/training-run.ts';
import { readSettings } from '../settings/written-settings.ts';

/** Ms before anything is said: most runs are ready by then. */
const PATIENCE = 1000;

export function Preparing({ training }: { training: TrainingRun }) {
  const words = preparingWords(training);
  const isWaiting = words !== undefined;
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!isWaiting) return;
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [training, isWaiting]);
  return isLate && isWaiting ? (
    <p class="notice" role="status">
      {words}
    </p>
  ) : null;
}

/** What is being done before the first evaluation is there, and how large it is; undefined from then on. Reads signals. */
export function preparingWords({
  status,
  rows,
  settings,
}: Pick<TrainingRun, 'status' | 'rows' | 'settings'>): string | undefined {
  const { kind } = status.value;
  if (kind === 'failed' || kind === 'finished' || rows.value.length > 0) return undefined;
  const { examples } = taskShape(readSettings(settings).experiment);
  const count = `${stepLabel(examples)} examples`;
  return kind === 'loading'
    ? `Preparing ${count}: they are made and divided into train and held-out before the first step.`
    : `The network answers ${count} for the first time, which fills the panels.`;
}
