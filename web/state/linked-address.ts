/** What the address says of the lab: the run that a link leads to, trained here with its forks or of the served folder, and how it is looked at. */

import type { ReadonlySignal } from '@preact/signals';
import type { WrittenSettings } from '../settings/written-settings.ts';
import { emptyAddress } from './address.ts';
import type { Forks } from './forks.ts';
import type { Address } from './properties.ts';

type Looked = 'step' | 'pace' | 'time' | 'theme' | 'closed' | 'open' | 'with' | 'tour';

export interface Linked {
  readonly forks: Forks;
  /** Number of the run that is selected, or will be. */
  readonly selected: ReadonlySignal<number>;
  /** As they are written, and as they were before a run was opened. */
  readonly settings: ReadonlySignal<WrittenSettings>;
  readonly before: ReadonlySignal<WrittenSettings>;
  readonly begun: ReadonlySignal<boolean>;
  readonly opened: ReadonlySignal<string | undefined>;
  readonly served: ReadonlySignal<boolean>;
  /** How the run is looked at, which the address says as it is. */
  readonly looked: { readonly [Name in Looked]: ReadonlySignal<Address[Name]> };
}

/** Reads signals. */
export function linkedAddress(linked: Linked): Address {
  const { step, pace, time, theme, closed, open, with: others, tour } = linked.looked;
  return {
    ...linkedRun(linked),
    ...{ step: step.value, pace: pace.value, time: time.value, theme: theme.value },
    ...{ closed: closed.value, open: open.value, with: others.value, tour: tour.value },
  };
}

/** Where there are forks, the original with them, else the settings as they are written. */
function linkedRun(linked: Linked): Omit<Address, Looked> {
  const { fork, hide, places } = linked.forks.link.value;
  const [original] = linked.forks.runs.value;
  const written = (fork.length > 0 ? original?.run.settings : undefined) ?? linked.settings.value;
  const forked = { fork, hide, select: places.get(linked.selected.value) ?? 0 };
  const opened = linked.opened.value;
  const play = linked.begun.value;
  if (opened === undefined)
    return { preset: written.preset, set: written.overrides, run: undefined, play, ...forked };
  // Settings that are over a preset say nothing of a recorded run.
  const set = written.recorded === undefined ? [] : written.overrides;
  if (linked.served.value) return { preset: emptyAddress.preset, set, run: opened, play: false, ...forked };
  // No address leads to files: what was written before is linked instead.
  const { preset, overrides } = linked.before.value;
  return { preset, set: overrides, run: undefined, play: false, fork: [], select: 0, hide: [] };
}
