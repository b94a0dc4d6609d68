/** Puts a run of the served folder, or one that the reader opened, in place of the run that the lab shows. */

import { batch } from '@preact/signals';
import type { Lab } from '../state/lab.ts';
import type { BesideRun } from './beside.ts';
import { RecordedRun } from './recorded-run.ts';
import type { RunSource } from './run-source.ts';

/** Shows a run of a list, beside its forks where it has them. One that is drawn beside comes from there. */
export function openRun(lab: Lab, source: RunSource, name: string): void {
  const original = openedOriginal(lab, source, name);
  const one = lab.beside.find(name, source.isServed);
  if (original !== undefined && original.status.value.kind !== 'failed') lab.select(original);
  else if (one === undefined) show(lab, new RecordedRun(source, name));
  else showBeside(lab, one);
}

/** The run that is shown, or whose fork is, where it is this one. Reads signals. */
export function openedOriginal(lab: Lab, source: RunSource, name: string): RecordedRun | undefined {
  const run = lab.forks.runs.value[0]?.run;
  const isIt = run instanceof RecordedRun && run.isServed === source.isServed && run.name.value === name;
  return isIt ? run : undefined;
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
}

/** Opens the run that the address names, at the step it names, and those that it names beside. */
export function openAddressed(lab: Lab, server: RunSource): void {
  const name = lab.opened.value;
  if (name !== undefined && lab.run.value === undefined) {
    lab.showAddressed(new RecordedRun(server, name), name);
  }
  const leftOut = lab.beside.openAsked(server, name);
  if (leftOut.length > 0) lab.faults.value = [...lab.faults.value, ...leftOut];
}
