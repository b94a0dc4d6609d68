/** How the panels look at the run that is shown. */

import { computed, type ReadonlySignal, type Signal } from '@preact/signals';
import type { DrawnRun, View } from '../panels/panel.ts';
import type { LabRun } from '../run/lab-run.ts';
import { momentAt } from '../run/moment.ts';
import type { Address } from './properties.ts';

export interface ViewParts {
  readonly run: ReadonlySignal<LabRun | undefined>;
  readonly cursor: Signal<number | undefined>;
  readonly time: ReadonlySignal<Address['time']>;
  readonly theme: ReadonlySignal<Address['theme']>;
  /** What the reader's system prefers. */
  readonly systemPaper: ReadonlySignal<'light' | 'dark'>;
  /** Reads signals. */
  readonly compared: () => readonly DrawnRun[];
}

export function viewOf({ run, cursor, time, theme, systemPaper, compared }: ViewParts): View {
  const shownStep = computed(() => cursor.value ?? run.value?.step.value ?? 0);
  return {
    cursor,
    shownStep,
    moment: computed(() => momentAt(run.value?.moments.value ?? [], shownStep.value)),
    compared: computed(compared),
    logTime: computed(() => time.value === 'log'),
    paper: computed(() => (theme.value === 'auto' ? systemPaper.value : theme.value)),
  };
}
