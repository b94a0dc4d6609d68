/** Puts a run of the served folder, or one that the reader opened, in place of the run that the lab shows. */

import { batch, effect } from '@preact/signals';
import type { Lab } from '../state/lab.ts';
import type { BesideRun } from './beside.ts';
import { RecordedRun } from './recorded-run.ts';
import type { RunSource } from './run-source.ts';

/** Shows a run until another one is shown, then stops following it. One that is drawn beside comes from there. */
export function openRun(lab: Lab, source: RunSource, name: string): void {
  const before = lab.run.value;
  const isShown =
    before instanceof RecordedRun && before.isServed === source.isServed && before.name.value === name;
  if (isShown && before.status.value.kind !== 'failed') return;
  const one = lab.beside.find(name, source.isServed);
  if (one === undefined) show(lab, new RecordedRun(source, name));
  else showBeside(lab, one);
}

/** Shows a run that is drawn beside; the one that was shown so far takes its place, and the step stays. */
export function showBeside(lab: Lab, one: BesideRun): void {
  const before = lab.run.value;
  if (before === one.run) return;
  const step = lab.cursor.value;
  batch(() => {
    lab.beside.exchange(one, before);
    one.run.lookIntoCheckpoints();
    show(lab, one.run);
    if (before instanceof RecordedRun) lab.cursor.value = step;
  });
}

function show(lab: Lab, run: RecordedRun): void {
  lab.show(run, run.name.value, run.isServed);
  const stop = effect(() => {
    if (lab.run.value === run) return;
    if (!lab.beside.runs.peek().some((one) => one.run === run)) run.dispose();
    // Not before `stop` has its value.
    queueMicrotask(() => stop());
  });
}

/** Opens the run that the address names, at the step it names, and those that it names beside. */
export function openAddressed(lab: Lab, server: RunSource): void {
  const name = lab.opened.value;
  if (name !== undefined && lab.run.value === undefined) {
    const step = lab.cursor.value;
    openRun(lab, server, name);
    lab.cursor.value = step;
  }
  const leftOut = lab.beside.openAsked(server, name);
  if (leftOut.length > 0) lab.faults.value = [...lab.faults.value, ...leftOut];
}
