/** The numbers of a run in words, for the sentences of the tour. All read signals. */

import { percentLabel, stepLabel } from '../../src/figures/number-labels.ts';
import { numberAt } from '../panels/curves.ts';
import { heldOutSplit, type LabRun } from '../run/lab-run.ts';

/** The step of the latest evaluation. */
export function lastEvaluated(run: LabRun): number {
  return run.rows.value.at(-1)?.step ?? 0;
}

/** `it gets 100% of the train answers and 6.2% of the held-out ones right`, beside chance where that is asked for. */
export function answersRight(run: LabRun, step: number, beside?: 'chance'): string {
  void run.rows.value;
  const train = numberAt(run, 'accuracy', step);
  const heldOut = heldOutAccuracy(run, step);
  const parts = [
    ...(train === undefined ? [] : [`${percentLabel(train)} of the train answers`]),
    ...(heldOut === undefined ? [] : [`${percentLabel(heldOut)} of the held-out ones`]),
  ];
  return parts.length === 0
    ? 'nothing is evaluated yet'
    : `it gets ${parts.join(' and ')} right${beside === undefined ? '' : chanceClause(run)}`;
}

/** At the latest evaluation up to `step`; undefined before the first. */
export function heldOutAccuracy(run: LabRun, step: number): number | undefined {
  void run.rows.value;
  return numberAt(run, 'accuracy', step, heldOutSplit(run));
}

/** `, where guessing gets 2.4%`, as soon as the number of answers to choose from is known. */
function chanceClause(run: LabRun): string {
  const classes = run.examples.value?.classes;
  return classes === undefined ? '' : `, where guessing gets ${percentLabel(1 / classes)}`;
}

/** `understood at step 545`, or how far it has come without. */
export function outcome(run: LabRun): string {
  const grokked = run.milestones.value?.grokked_step ?? null;
  if (grokked !== null) return `understood at step ${stepLabel(grokked)}`;
  const step = lastEvaluated(run);
  const heldOut = heldOutAccuracy(run, step);
  const right = heldOut === undefined ? '' : ` (${percentLabel(heldOut)} of the held-out answers)`;
  return run.status.value.kind === 'finished'
    ? `not by step ${stepLabel(step)}${right}`
    : `not yet at step ${stepLabel(step)}${right}`;
}

/** Norm of all weights at the latest evaluation up to `step`. */
export function weightNorm(run: LabRun, step: number): number | undefined {
  void run.rows.value;
  return numberAt(run, 'weight_norm', step);
}
