/** Puts a run of the served folder, or one that the reader opened, in place of the run that the lab shows. */

import { effect } from '@preact/signals';
import type { Lab } from '../state/lab.ts';
import { RecordedRun } from './recorded-run.ts';
import type { RunSource } from './run-source.ts';
import type { RunsServer } from './runs-server.ts';

/** Shows a run until another one is shown, then stops following it. */
export function openRun(lab: Lab, server: RunsServer, name: string): void {
  showRun(lab, server, name, true);
}

/** Shows a run of files that the reader opened; no address leads to those. */
export function openOwnRun(lab: Lab, source: RunSource, name: string): void {
  showRun(lab, source, name, false);
}

function showRun(lab: Lab, source: RunSource, name: string, isServed: boolean): void {
  const run = new RecordedRun(source, name);
  lab.show(run, name, isServed);
  const stop = effect(() => {
    if (lab.run.value === run) return;
    run.dispose();
    // Not before `stop` has its value.
    queueMicrotask(() => stop());
  });
}

/** Opens the run that the address names, at the step it names. */
export function openAddressedRun(lab: Lab, server: RunsServer): void {
  const name = lab.opened.value;
  if (name === undefined || lab.run.value !== undefined) return;
  const step = lab.cursor.value;
  openRun(lab, server, name);
  lab.cursor.value = step;
}
