/** The runs of the tour: one network in all steps, begun, trained on and forked through the lab as a reader would. */

import { batch } from '@preact/signals';
import type { LabRun } from '../run/lab-run.ts';
import type { PlayedRun } from '../run/played-run.ts';
import { TrainingRun } from '../run/training-run.ts';
import type { WrittenSettings } from '../settings/written-settings.ts';
import type { ComparedRun } from '../state/forks.ts';
import type { Lab } from '../state/lab.ts';
import type { PausingMilestone } from '../worker/gate.ts';
import { until } from './until.ts';

/** The preset of most steps: the network of the trials. */
const TOUR_PRESET = 'waiting';

const isSeed = (override: string) => override.startsWith('seed=');

/** A seed that the reader chose stays through the tour. */
function seedOf({ preset, overrides }: WrittenSettings): string[] {
  return preset === TOUR_PRESET ? overrides.filter(isSeed).slice(-1) : [];
}

/** Whether these are the settings of the tour with `changes` and, if any, another seed. */
function isTourWith({ preset, overrides }: WrittenSettings, changes: readonly string[]): boolean {
  const others = overrides.filter((override) => !isSeed(override));
  return preset === TOUR_PRESET && others.join('\n') === changes.filter((one) => !isSeed(one)).join('\n');
}

/** The run that began at step 0, where it has the settings of the tour with `changes`. Reads signals. */
export function originalWith(lab: Lab, changes: readonly string[] = []): TrainingRun | undefined {
  const original = lab.forks.runs.value[0]?.run;
  const seeds = changes.filter(isSeed);
  if (!(original instanceof TrainingRun) || !isTourWith(original.settings, changes)) return undefined;
  if (seeds.length > 0 && seedOf(original.settings).join() !== seeds.join()) return undefined;
  return original.status.value.kind === 'failed' ? undefined : original;
}

/** The latest fork that was made by these changes alone. Reads signals. */
export function forkWith(lab: Lab, changes: readonly string[]): ComparedRun | undefined {
  return lab.forks.runs.value.findLast(
    (one) => one.from !== undefined && one.changes.join('\n') === changes.join('\n'),
  );
}

/** Puts a run of a preset in place of all that are shown; `pause` is the milestone at which it stops by itself, or `start`. */
export function begin(
  lab: Lab,
  settings: WrittenSettings,
  { pace = Number.POSITIVE_INFINITY, pause }: { pace?: number; pause?: PausingMilestone | 'start' } = {},
): PlayedRun | undefined {
  lab.playback.setPace(pace);
  batch(() => {
    lab.cursor.value = undefined;
    lab.settings.value = settings;
  });
  lab.begin(pause !== 'start', false, pause === 'start' ? undefined : pause);
  return lab.played.value;
}

/** The same for the network of the tour. */
export function beginTour(
  lab: Lab,
  changes: readonly string[],
  how?: Parameters<typeof begin>[2],
): TrainingRun | undefined {
  const seeds = changes.some(isSeed) ? [] : seedOf(lab.settings.value);
  begin(lab, { preset: TOUR_PRESET, overrides: [...seeds, ...changes] }, how);
  return lab.training.value;
}

/** Whether nothing more comes of a run by itself: it waits, has ended, or is no longer there. Reads signals. */
export function isAtRest(lab: Lab, run: LabRun): boolean {
  const { kind } = run.status.value;
  const isThere = lab.played.value === run || lab.forks.runs.value.some((one) => one.run === run);
  return !['loading', 'running'].includes(kind) || !isThere;
}

/** The step of a milestone, or null. Reads signals. */
export function milestoneOf(run: TrainingRun | undefined, milestone: PausingMilestone): number | null {
  return run?.milestones.value?.[milestone] ?? null;
}

/**
 * The network of the tour, shown and trained at least up to a milestone: begun if it is not there, else trained on.
 * Without the milestone where the run ended, or the reader paused it, before.
 */
export async function trainedUpTo(
  lab: Lab,
  milestone: PausingMilestone,
  pace: number,
  given: AbortSignal,
): Promise<TrainingRun | undefined> {
  const existing = originalWith(lab);
  const run = existing ?? beginTour(lab, [], { pace, pause: milestone });
  if (run === undefined) return undefined;
  if (lab.run.value !== run) lab.select(run);
  if (milestoneOf(run, milestone) !== null) return run;
  if (existing !== undefined) {
    lab.cursor.value = undefined;
    lab.playback.setPace(pace);
    lab.playback.play(milestone);
  }
  await until(() => isAtRest(lab, run), given);
  return run;
}

/** Forks a run at a step with changed settings; undefined where the lab refuses, which it says beside its own button. */
export function forkAt(
  lab: Lab,
  run: TrainingRun,
  step: number,
  changes: readonly string[],
): TrainingRun | undefined {
  batch(() => {
    lab.select(run);
    lab.cursor.value = step;
    lab.settings.value = { ...run.settings, overrides: [...run.settings.overrides, ...changes] };
  });
  lab.fork();
  return lab.training.value === run ? undefined : lab.training.value;
}
