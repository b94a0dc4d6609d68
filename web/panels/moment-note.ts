/** What is said where the network that a panel shows is not that of the step that is shown, because that one was not kept. */

import { stepLabel } from '../../src/figures/number-labels.ts';
import type { LabRun } from '../run/lab-run.ts';
import type { View } from './panel.ts';

/** A sentence and a space; empty where step and network belong together, or while they run ahead of each other. Reads signals. */
export function momentNote(
  { status, step }: Pick<LabRun, 'status' | 'step'>,
  { cursor, shownStep, moment }: Pick<View, 'cursor' | 'shownStep' | 'moment'>,
): string {
  const { kind } = status.value;
  const isMoving = kind === 'running' || kind === 'growing' || kind === 'loading';
  const shown = shownStep.value;
  const kept = moment.value?.step;
  if (kept === undefined || kept === shown || (cursor.value === undefined && isMoving)) return '';
  const end = step.value;
  if (shown > end && kept === end)
    return `The run ends at step ${stepLabel(end)}, before step ${stepLabel(shown)}. `;
  const which = kept < shown ? 'the last one before' : 'the first one';
  return `No network of step ${stepLabel(shown)} is kept; ${which} is that of step ${stepLabel(kept)}. `;
}
