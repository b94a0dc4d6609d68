/** Where the selected run would be forked now, and which forks that wait can be made. */

import type { Experiment } from 'grokscope';
import { forkRefusal } from '../forks/fork-rules.ts';
import type { ForkState } from '../run/forkable-run.ts';
import { latestAt } from '../run/moment.ts';
import { readSettings, type WrittenSettings } from '../settings/written-settings.ts';
import type { Draft } from './draft.ts';
import type { ComparedRun, Forks, WaitingFork } from './forks.ts';
import { MOST_RUNS } from './run-colors.ts';

/** With a sentence where it cannot be forked. */
export interface ForkPlan {
  /** The run that the fork would leave: the selected one, or the one that this left, for a step before that. */
  readonly from?: ComparedRun;
  readonly state?: ForkState;
  readonly refusal?: string;
}

/** Reads signals. @param room how many more runs the charts have room for */
export function planFork(
  forks: Forks,
  selected: ComparedRun | undefined,
  draft: Draft,
  shownStep: number,
  room: number,
): ForkPlan {
  if (selected?.run.unforkable !== undefined) return { refusal: selected.run.unforkable };
  const plan = selected === undefined ? undefined : placeAt(forks, selected, shownStep);
  const settings = plan?.from.run.settings;
  if (plan === undefined || settings === undefined)
    return {
      refusal:
        'A run can be forked as soon as it has been evaluated, a recorded one where it has a checkpoint.',
    };
  if (draft.issues.length > 0)
    return { ...plan, refusal: 'The settings mean no experiment; what is wrong is said beside them.' };
  const refusal = refusalOf(plan.from, settings, draft.experiment, plan.state.step);
  if (refusal !== undefined) return { ...plan, refusal };
  if (room <= 0) return { ...plan, refusal: `There is room for ${MOST_RUNS} runs: remove one first.` };
  return plan;
}

/** The nearest state at or before a step on the way from the original to a run, else the first there is. */
function placeAt(
  forks: Forks,
  selected: ComparedRun,
  step: number,
): { from: ComparedRun; state: ForkState } | undefined {
  let first: { from: ComparedRun; state: ForkState } | undefined;
  for (let from: ComparedRun | undefined = selected; from !== undefined; ) {
    // At its very first step a fork is the run that it left.
    const begins = from.asked?.step ?? -1;
    const states = from.run.states.value.filter((state) => state.step > begins);
    const state = latestAt(states, step);
    if (state !== undefined && state.step <= step) return { from, state };
    if (state !== undefined) first = { from, state };
    const { asked }: ComparedRun = from;
    from = forks.runs.value.find(({ number }) => number === asked?.from);
  }
  return first;
}

/**
 * The state that a waiting fork goes on from, or why there will be none; undefined while it may still come. Reads signals.
 */
export function standingOf(
  forks: Forks,
  { asked, name }: WaitingFork,
): { readonly state: ForkState } | { readonly refusal: string } | undefined {
  const from = forks.runs.value.find(({ number }) => number === asked.from);
  if (from === undefined) return undefined;
  const { run } = from;
  const state = run.states.value.find(({ step }) => step === asked.step);
  const settings = run.settings;
  if (state !== undefined && settings !== undefined) {
    const { experiment } = readSettings(asked.settings);
    const refusal = refusalOf(from, settings, experiment, asked.step);
    return refusal === undefined ? { state } : { refusal: `There is no ${name}: ${refusal}` };
  }
  const { kind } = run.status.value;
  if (kind !== 'finished' && kind !== 'failed') return undefined;
  return { refusal: `There is no ${name}: ${from.name} has no state of step ${asked.step} to go on from.` };
}

const meant = new WeakMap<WrittenSettings, Experiment>();

function refusalOf(from: ComparedRun, settings: WrittenSettings, changed: Experiment, step: number) {
  const experiment = meant.get(settings) ?? readSettings(settings).experiment;
  meant.set(settings, experiment);
  return forkRefusal(experiment, changed, step, from.run.milestones.value?.grokked_step);
}
