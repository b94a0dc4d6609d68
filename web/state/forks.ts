/** The runs that are drawn in one chart: one that is there first, and what was forked from it, each with a colour of its own. */

import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Meaning } from '../../src/figures/palette.ts';
import { type AskedFork, lineageOf } from '../forks/asked-forks.ts';
import { changesBetween, changeWords } from '../forks/changes.ts';
import { writeLinkedFork } from '../forks/linked-fork.ts';
import type { ForkableRun, ForkState } from '../run/forkable-run.ts';
import type { LabRun } from '../run/lab-run.ts';
import { TrainingRun } from '../run/training-run.ts';
import type { Fork } from '../run/training-start.ts';
import type { WrittenSettings } from '../settings/written-settings.ts';
import { freeColor } from './run-colors.ts';

/** A run in the charts, or one that will be. */
interface Member {
  /** 0 for the original; forks are counted from 1. */
  readonly number: number;
  /** `original`, or what a recorded run is called; `fork 1`, … */
  readonly name: string;
  readonly color: Meaning;
  /** Whether it is drawn while another run is selected. */
  readonly shown: boolean;
  /** The name of the run that it left; undefined for the original. */
  readonly from: string | undefined;
  /** What it does otherwise than the run it left, in words. */
  readonly changes: readonly string[];
  /** undefined for the original. */
  readonly asked: AskedFork | undefined;
}

export interface ComparedRun extends Member {
  readonly run: ForkableRun;
}

/** A fork that begins when the run that it leaves gets to its step. */
export interface WaitingFork extends Member {
  readonly asked: AskedFork;
  readonly run: undefined;
}

/** What stands in the same charts. */
interface Others {
  /** Runs whose colours are taken, and which are not ended with the forks. */
  readonly beside: () => readonly { readonly run: LabRun; readonly color: Meaning }[];
  /** The colour that an original has already. */
  readonly colorOf: (run: LabRun) => Meaning | undefined;
}

export class Forks {
  readonly #all = signal<readonly (ComparedRun | WaitingFork)[]>([]);
  /** All that are drawn or will be; the original first. */
  readonly all: ReadonlySignal<readonly (ComparedRun | WaitingFork)[]> = computed(() =>
    this.#all.value.map((one) =>
      one.run === undefined || one.asked !== undefined
        ? one
        : { ...one, color: this.#others.colorOf(one.run) ?? one.color },
    ),
  );
  /** The original first; none while there is no run. */
  readonly runs: ReadonlySignal<readonly ComparedRun[]> = computed(() =>
    this.all.value.filter((one) => one.run !== undefined),
  );
  readonly waiting: ReadonlySignal<readonly WaitingFork[]> = computed(() =>
    this.#all.value.filter((one) => one.run === undefined),
  );
  /** What the address says of them. */
  readonly link = computed(() => {
    const places = new Map(this.#all.value.map(({ number }, place) => [number, place]));
    return {
      fork: this.asked.map((asked) => writeLinkedFork({ ...asked, from: places.get(asked.from) ?? 0 })),
      hide: this.#all.value.flatMap(({ shown }, place) => (shown ? [] : [place])),
      places,
    };
  });
  readonly #others: Others;
  #count = 0;
  #isSaved = true;

  constructor(others: Others = { beside: () => [], colorOf: () => undefined }) {
    this.#others = others;
  }

  /**
   * Puts a run in place of all; without one there is none.
   * @param name what it is called in the charts
   * @param isSaved whether its forks are saved in this browser
   */
  replace(run?: ForkableRun, name = 'original', isSaved = true): void {
    const beside = this.#others.beside();
    for (const one of this.runs.value)
      if (one.run !== run && beside.every((other) => other.run !== one.run)) one.run.dispose();
    this.#count = 0;
    this.#isSaved = isSaved;
    const color = freeColor(beside);
    const nothing = { from: undefined, changes: [], asked: undefined };
    this.#all.value = run === undefined ? [] : [{ number: 0, name, color, shown: true, run, ...nothing }];
  }

  /** Forks that will be made, under the numbers that they have. @param hidden numbers of runs that are not drawn */
  ask(asked: readonly AskedFork[], hidden: readonly number[] = []): void {
    for (const one of asked) this.#enter(one);
    this.#all.value = this.#all.value.map((one) => ({ ...one, shown: !hidden.includes(one.number) }));
  }

  /** Trains on from a state of one of the runs. */
  add(from: ComparedRun, state: ForkState, settings: WrittenSettings, pace: number): TrainingRun {
    const changes = changesBetween(from.run.settings ?? settings, settings);
    const asked = { number: this.#count + 1, from: from.number, step: state.step, settings, changes };
    this.#enter(asked);
    return this.make(asked.number, pace, state);
  }

  /** Makes a fork that waits. @param state of the run that it leaves; without one it goes on from where it was saved */
  make(number: number, pace: number, state?: ForkState): TrainingRun {
    const waiting = this.waiting.value.find((one) => one.number === number);
    const [original] = this.runs.value;
    if (waiting === undefined || original?.run.settings === undefined)
      throw new Error(`internal: there is no fork ${number} that waits`);
    const { asked } = waiting;
    const left = this.runs.value.find((one) => one.number === asked.from);
    const fork: Fork = {
      name: `${original.run.name.value}-fork-${number}`.replaceAll('/', '-'),
      original: original.run.settings,
      lineage: lineageOf(asked, this.asked),
      isSaved: this.#isSaved,
      ...(state !== undefined && { start: { state, history: left?.run.historyUpTo(state.step) ?? [] } }),
    };
    const { settings } = asked;
    const run = new TrainingRun({
      settings,
      pace,
      playing: true,
      resume: state === undefined,
      pinned: this.pinnedOf(number),
      fork,
    });
    this.#all.value = this.#all.value.map((one) => (one === waiting ? { ...waiting, run } : one));
    return run;
  }

  /** All forks, made or waiting. */
  get asked(): AskedFork[] {
    return askedOf(this.#all.value);
  }

  /** Numbers of runs that are not drawn. */
  get hidden(): number[] {
    return this.#all.value.filter(({ shown }) => !shown).map(({ number }) => number);
  }

  /** Steps at which forks wait to leave a run. */
  pinnedOf(number: number): number[] {
    return this.waiting.value.filter(({ asked }) => asked.from === number).map(({ asked }) => asked.step);
  }

  /** A fork and everything that left it, or will. */
  withForksOf(number: number): (ComparedRun | WaitingFork)[] {
    const left = this.#all.value.filter(({ asked }) => asked?.from === number);
    return [
      ...this.#all.value.filter((one) => one.number === number),
      ...left.flatMap((one) => this.withForksOf(one.number)),
    ];
  }

  /** Ends a fork and what left it, and forgets them. */
  remove(number: number): void {
    const gone = this.withForksOf(number);
    for (const { run } of gone) run?.dispose();
    this.#all.value = this.#all.value.filter((one) => !gone.includes(one));
  }

  setShown(number: number, shown: boolean): void {
    this.#all.value = this.#all.value.map((one) => (one.number === number ? { ...one, shown } : one));
  }

  #enter(asked: AskedFork): void {
    const all = this.#all.value;
    const color = freeColor([...this.all.value, ...this.#others.beside()]);
    this.#count = Math.max(this.#count, asked.number);
    this.#all.value = [
      ...all,
      {
        number: asked.number,
        name: `fork ${asked.number}`,
        color,
        shown: true,
        from: all.find(({ number }) => number === asked.from)?.name,
        changes: changeWords(asked.changes, asked.settings),
        asked,
        run: undefined,
      },
    ];
  }
}

/** What was asked for of some runs; the original was not. */
export function askedOf(members: readonly Pick<Member, 'asked'>[]): AskedFork[] {
  return members.flatMap(({ asked }) => asked ?? []);
}
