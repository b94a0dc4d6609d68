import { computed, signal } from '@preact/signals';
import { expect, onTestFinished, test } from 'vitest';
import type { Meaning } from '../../src/figures/palette.ts';
import type { LabRun } from '../run/lab-run.ts';
import { ownRuns } from '../state/own-runs.ts';
import { Beside } from './beside.ts';
import { drawnTogether, withoutCommonFolders } from './drawn-together.ts';
import { RecordedRun } from './recorded-run.ts';
import type { RunSource } from './run-source.ts';

/** Nothing is ever heard of its runs. */
const silent = (isServed: boolean): RunSource => ({
  isServed,
  detail: () => new Promise(() => {}),
  metrics: () => new Promise(() => {}),
  text: () => new Promise(() => {}),
  checkpoint: () => new Promise(() => {}),
});
const server = silent(true);
const files = silent(false);

interface Setting {
  readonly asked?: readonly string[];
  /** Name of the recorded run that is shown. */
  readonly recorded?: string;
  readonly forks?: readonly Meaning[];
}

function setting({ asked = [], recorded, forks = [] }: Setting) {
  const shown = signal<LabRun | undefined>(
    recorded === undefined ? undefined : new RecordedRun(server, recorded),
  );
  const beside = new Beside(asked, shown, () => forks.map((color) => ({ color })));
  onTestFinished(() => {
    for (const one of beside.runs.value) beside.remove(one);
    if (shown.value instanceof RecordedRun) shown.value.dispose();
  });
  const drawn = () => drawnTogether([], beside, shown.value).map(({ name, color }) => `${name} ${color}`);
  const one = (name: string, isServed = true) => {
    const found = beside.find(name, isServed);
    if (found === undefined) throw new Error(`${name} is not beside`);
    return found;
  };
  return { beside, shown, drawn, one };
}

test('a recorded run that is alone is drawn as ever, and with others each has a colour of its own', () => {
  const { beside, drawn, one } = setting({ recorded: 'a' });
  expect(drawn()).toEqual([]);
  for (const name of ['b', 'c', 'd']) beside.add(server, name);
  beside.add(server, 'b');
  expect(drawn()).toEqual(['a arm1', 'b arm2', 'c arm3', 'd arm4']);
  beside.setShown(one('c'), false);
  expect(drawn()).toEqual(['a arm1', 'b arm2', 'd arm4']);
  beside.remove(one('b'));
  beside.add(server, 'e');
  expect(drawn()).toEqual(['a arm1', 'e arm2', 'd arm4']);
});

test('a simulation is drawn with the recorded runs beside it, in the first colour', () => {
  const { beside, shown } = setting({ forks: ['arm1'] });
  const simulation = { isSimulated: true } as LabRun;
  shown.value = simulation;
  for (const name of ['a', 'b']) beside.add(server, name);
  const drawn = drawnTogether(ownRuns([], simulation), beside, simulation);
  expect(drawn.map(({ run, name, color }) => [run === simulation, name, color])).toEqual([
    [true, 'simulation', 'arm1'],
    [false, 'a', 'arm2'],
    [false, 'b', 'arm3'],
  ]);
});

test('a run that comes to be shown changes places with the one that was, and keeps its colour', () => {
  const { beside, shown, drawn, one } = setting({ recorded: 'a' });
  for (const name of ['b', 'c', 'd']) beside.add(server, name);
  beside.remove(one('b'));
  const before = shown.value;
  const chosen = one('d');
  beside.exchange(chosen, before);
  shown.value = chosen.run;
  expect(drawn()).toEqual(['a arm1', 'c arm3', 'd arm4']);
  expect(beside.runs.value.map(({ run }) => run.name.value)).toEqual(['c', 'a']);
  expect(beside.names.value).toEqual(['a', 'c', 'd']);
});

test('forks and runs beside are six together', () => {
  const { beside } = setting({ forks: ['arm1', 'arm3'] });
  expect(beside.room.value).toBe(4);
  for (const name of ['a', 'b', 'c', 'd', 'e']) beside.add(server, name);
  expect(beside.runs.value.map(({ color }) => color)).toEqual(['arm2', 'arm4', 'arm5', 'arm6']);
  expect(beside.room.value).toBe(0);
});

test('a link names what is served, and opens in the same colours; what finds no room is said', () => {
  const first = setting({ recorded: 'a' });
  for (const name of ['b', 'c']) first.beside.add(server, name);
  first.beside.add(files, 'own');
  const chosen = first.one('b');
  first.beside.exchange(chosen, first.shown.value);
  first.shown.value = chosen.run;
  const asked = first.beside.names.value;
  expect(asked).toEqual(['a', 'b', 'c']);

  const second = setting({ asked, recorded: 'b' });
  expect(second.beside.names.value).toEqual(asked);
  const color = computed(() => second.shown.value && second.beside.colorOf(second.shown.value));
  expect(color.value).toBe('arm1');
  expect(second.beside.openAsked(server, 'b')).toEqual([]);
  // Who has read its colour hears of it.
  expect(color.value).toBe('arm2');
  expect(second.drawn()).toEqual(['a arm1', 'b arm2', 'c arm3']);
  expect(second.beside.names.value).toEqual(asked);

  const many = setting({ asked: ['1', '2', '3', '4', '5', '6'], recorded: 'a' });
  expect(many.beside.openAsked(server, 'a')).toEqual(['One chart has room for 6 runs; 6 is left out.']);
  expect(many.drawn()).toEqual(['a arm1', '1 arm2', '2 arm3', '3 arm4', '4 arm5', '5 arm6']);
});

test('beside a training that is not forked the first colour is its own', () => {
  const { beside } = setting({ asked: ['x', 'y'], forks: ['arm1'] });
  beside.openAsked(server, undefined);
  expect(beside.runs.value.map(({ color }) => color)).toEqual(['arm2', 'arm3']);
  expect(beside.names.value).toEqual(['x', 'y']);
});

test('names lose the folders that all have in common, and two that are the same are told apart', () => {
  expect(withoutCommonFolders(['t/a/seed-1', 't/b/seed-1'])).toEqual(['a/seed-1', 'b/seed-1']);
  expect(withoutCommonFolders(['t/a/seed-1', 't/a/seed-2'])).toEqual(['seed-1', 'seed-2']);
  expect(withoutCommonFolders(['r1', 't/a/seed-2'])).toEqual(['r1', 't/a/seed-2']);
  expect(withoutCommonFolders(['t/a', 't/a/b'])).toEqual(['a', 'a/b']);
  expect(withoutCommonFolders(['t/a/seed-1'])).toEqual(['t/a/seed-1']);
  const { beside, drawn } = setting({ recorded: 'r1' });
  beside.add(files, 'r1');
  expect(drawn()).toEqual(['r1 arm1', 'r1 (recorded) arm2']);
});
