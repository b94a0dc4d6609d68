/** Recorded runs that are drawn beside the one that is shown, by their curves: those of the served folder, and the reader's own. */

import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Meaning } from '../../src/figures/palette.ts';
import type { LabRun } from '../run/lab-run.ts';
import { freeColor, MOST_RUNS, runColors } from '../state/run-colors.ts';
import { RecordedRun } from './recorded-run.ts';
import type { RunSource } from './run-source.ts';

export interface BesideRun {
  readonly run: RecordedRun;
  readonly color: Meaning;
  /** Whether it is drawn. */
  readonly shown: boolean;
}

/** How a run is opened whose curves alone are wanted; tests give their own. */
type OpenCurves = (source: RunSource, name: string) => RecordedRun;

const openCurves: OpenCurves = (source, name) => new RecordedRun(source, name, { curvesOnly: true });

export class Beside {
  /** The run that is shown is never among them. */
  readonly runs = signal<readonly BesideRun[]>([]);
  /** How many more find room in the charts. */
  readonly room: ReadonlySignal<number>;
  /**
   * Those that a link can name, in the order of their colours. The run that is shown is among them where it is not the first,
   * so that whoever opens the link sees the same colours.
   */
  readonly names: ReadonlySignal<readonly string[]>;
  readonly #shown: ReadonlySignal<LabRun | undefined>;
  readonly #forks: () => readonly { readonly color: Meaning }[];
  readonly #open: OpenCurves;
  /** Named by the address, until there is a server to ask for them. */
  readonly #asked = signal<readonly string[]>([]);
  /** What a run was drawn in, for when it changes its place. */
  readonly #colors = new WeakMap<LabRun, Meaning>();
  /** Counts changes of it, for who has read a colour. */
  readonly #recoloured = signal(0);

  /**
   * @param asked names of runs that the address wants
   * @param shown the run that is shown
   * @param forks the runs that are trained here
   */
  constructor(
    asked: readonly string[],
    shown: ReadonlySignal<LabRun | undefined>,
    forks: () => readonly { readonly color: Meaning }[],
    open = openCurves,
  ) {
    this.#asked.value = asked;
    this.#shown = shown;
    this.#forks = forks;
    this.#open = open;
    this.room = computed(() => MOST_RUNS - this.runs.value.length - Math.max(1, forks().length));
    this.names = computed(() => this.#linked());
  }

  find(name: string, isServed: boolean): BesideRun | undefined {
    return this.runs.value.find(({ run }) => run.name.value === name && run.isServed === isServed);
  }

  has(run: LabRun): boolean {
    return this.runs.value.some((one) => one.run === run);
  }

  /** Draws a run beside the one that is shown; nothing happens where it is there already, or where there is no room. */
  add(source: RunSource, name: string): void {
    if (this.room.value <= 0 || this.find(name, source.isServed) !== undefined) return;
    this.#add(source, name, freeColor(this.#taken()));
  }

  /**
   * Draws the runs that the address names.
   * @param opened the name of the run that is shown, where it is one of the server's
   * @returns a sentence each on what is left out
   */
  openAsked(server: RunSource, opened: string | undefined): string[] {
    const asked = this.#asked.value;
    const order: readonly (string | undefined)[] =
      opened !== undefined && asked.includes(opened) ? asked : [opened, ...asked];
    const shown = this.#shown.value;
    const own = runColors[order.indexOf(opened)];
    if (shown !== undefined && own !== undefined) this.#keepColor(shown, own);
    const leftOut: string[] = [];
    batch(() => {
      this.#asked.value = [];
      for (const name of asked.filter((one) => one !== opened)) {
        const wanted = runColors[order.indexOf(name)];
        const isFree = wanted !== undefined && this.#taken().every(({ color }) => color !== wanted);
        if (this.room.value > 0) this.#add(server, name, isFree ? wanted : freeColor(this.#taken()));
        else leftOut.push(`One chart has room for ${MOST_RUNS} runs; ${name} is left out.`);
      }
    });
    return leftOut;
  }

  /** Takes a run out that is shown from now on, and puts the one that was shown so far into its place. */
  exchange(one: BesideRun, before: LabRun | undefined): void {
    this.#keepColor(one.run, one.color);
    this.runs.value = this.runs.value.flatMap((other) => {
      if (other !== one) return [other];
      return before instanceof RecordedRun ? [{ run: before, color: this.colorOf(before), shown: true }] : [];
    });
  }

  /** Stops following it and forgets it. */
  remove({ run }: BesideRun): void {
    run.dispose();
    this.runs.value = this.runs.value.filter((one) => one.run !== run);
  }

  setShown({ run }: BesideRun, shown: boolean): void {
    this.runs.value = this.runs.value.map((one) => (one.run === run ? { ...one, shown } : one));
  }

  /** What the recorded run that is shown is drawn in: what it had before, where no other has it now. */
  colorOf(run: LabRun): Meaning {
    void this.#recoloured.value;
    const before = this.#colors.get(run);
    const isFree =
      before !== undefined && this.runs.value.every((one) => one.run === run || one.color !== before);
    const color = isFree ? before : freeColor(this.runs.value);
    this.#colors.set(run, color);
    return color;
  }

  #keepColor(run: LabRun, color: Meaning): void {
    this.#colors.set(run, color);
    this.#recoloured.value = this.#recoloured.peek() + 1;
  }

  #add(source: RunSource, name: string, color: Meaning): void {
    this.runs.value = [...this.runs.value, { run: this.#open(source, name), color, shown: true }];
  }

  #taken(): readonly { readonly color: Meaning }[] {
    const shown = this.#shown.value;
    const own = shown instanceof RecordedRun ? [{ color: this.colorOf(shown) }] : [];
    return [...this.runs.value, ...this.#forks(), ...own];
  }

  #linked(): readonly string[] {
    if (this.#asked.value.length > 0) return this.#asked.value;
    const shown = this.#shown.value;
    const served = this.runs.value.filter(({ run }) => run.isServed);
    if (served.length === 0) return [];
    const own =
      shown instanceof RecordedRun && shown.isServed ? [{ run: shown, color: this.colorOf(shown) }] : [];
    const all = inOrder([...own, ...served]);
    return (all[0]?.run === shown ? all.slice(1) : all).map(({ run }) => run.name.value);
  }
}

/** In the order of their colours. */
export function inOrder<Item extends { readonly color: Meaning }>(items: readonly Item[]): Item[] {
  const place = ({ color }: Item) => runColors.indexOf(color);
  return [...items].sort((one, other) => place(one) - place(other));
}
