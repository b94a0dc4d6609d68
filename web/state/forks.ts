/** The runs that are drawn in one chart: one that began at step 0, and what was forked from it, each with a colour of its own. */

import { signal } from '@preact/signals';
import type { TrainerState } from 'grokscope';
import type { Meaning } from '../../src/figures/palette.ts';
import { TrainingRun } from '../run/training-run.ts';
import type { WrittenSettings } from '../settings/written-settings.ts';
import { freeColor } from './run-colors.ts';

export interface ComparedRun {
  readonly run: TrainingRun;
  /** `original` or `fork 1`, … */
  readonly name: string;
  readonly color: Meaning;
  /** The name of the run that it left; undefined for the original. */
  readonly from: string | undefined;
  /** What it does otherwise than the run it left, `section.key=value`. */
  readonly changes: readonly string[];
  /** Whether it is drawn while another run is selected. */
  readonly shown: boolean;
}

export class Forks {
  /** The original first; none while no run is trained here. */
  readonly runs = signal<readonly ComparedRun[]>([]);
  readonly #others: () => readonly { readonly color: Meaning }[];
  #count = 0;

  /** @param others runs in the same charts, whose colours are taken */
  constructor(others: () => readonly { readonly color: Meaning }[] = () => []) {
    this.#others = others;
  }

  /** Puts a run that begins at step 0 in place of all; without one there is none. */
  replace(run?: TrainingRun): void {
    for (const one of this.runs.value) one.run.dispose();
    this.#count = 0;
    this.runs.value =
      run === undefined
        ? []
        : [
            {
              run,
              name: 'original',
              color: freeColor(this.#others()),
              from: undefined,
              changes: [],
              shown: true,
            },
          ];
  }

  /** Trains on from a state of one of the runs. */
  add(from: TrainingRun, state: TrainerState, settings: WrittenSettings, pace: number): TrainingRun {
    const all = this.runs.value;
    const original = (all[0] as ComparedRun).run.settings;
    const color = freeColor([...all, ...this.#others()]);
    this.#count++;
    const name = `${original.preset}-fork-${this.#count}`;
    const run = new TrainingRun({ settings, pace, playing: true, fork: { from, state, original, name } });
    this.runs.value = [
      ...all,
      {
        run,
        name: `fork ${this.#count}`,
        color,
        from: all.find((one) => one.run === from)?.name,
        changes: changesOf(from.settings, settings),
        shown: true,
      },
    ];
    return run;
  }

  /** Ends a fork and forgets it. */
  remove(run: TrainingRun): void {
    run.dispose();
    this.runs.value = this.runs.value.filter((one) => one.run !== run);
  }

  setShown(run: TrainingRun, shown: boolean): void {
    this.runs.value = this.runs.value.map((one) => (one.run === run ? { ...one, shown } : one));
  }
}

/** What is written otherwise, or no longer: `train.lr=0.1`, `train.lr as in the preset`. */
export function changesOf(before: WrittenSettings, after: WrittenSettings): string[] {
  const keyOf = (override: string) => override.slice(0, override.indexOf('='));
  const keys = after.overrides.map(keyOf);
  const takenBack = before.overrides.map(keyOf).filter((key) => !keys.includes(key));
  return [
    ...after.overrides.filter((override) => !before.overrides.includes(override)),
    ...takenBack.map((key) => `${key} as in the preset`),
  ];
}
