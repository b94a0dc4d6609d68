/** The state of the lab: what the address says, the settings that are being written, and the run that is shown. */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { ConfigError, type ConfigIssue, type Experiment } from 'grokscope';
import type { View } from '../panels/panel.ts';
import type { LabRun } from '../run/lab-run.ts';
import { momentAt } from '../run/moment.ts';
import { TrainingRun } from '../run/training-run.ts';
import { readSettings, sameSettings, type WrittenSettings } from '../settings/written-settings.ts';
import { type ReadAddress, readAddress } from './address.ts';
import type { Address } from './properties.ts';

/** The settings that are being written, resolved; with issues instead where they mean no experiment. */
export interface Draft {
  /** What the settings mean, or meant last. */
  readonly experiment: Experiment;
  readonly notices: readonly string[];
  readonly issues: readonly ConfigIssue[];
}

const firstPreset = 'r1';

export class Lab {
  readonly settings: Signal<WrittenSettings>;
  readonly draft: ReadonlySignal<Draft>;
  /** The run that is shown; undefined while there is none. */
  readonly run = signal<LabRun | undefined>(undefined);
  /** The same where it is trained here. */
  readonly training: ReadonlySignal<TrainingRun | undefined>;
  /** Whether the settings differ from those that the shown run is trained with. */
  readonly changed: ReadonlySignal<boolean>;
  /** The served run that is shown. */
  readonly opened: Signal<string | undefined>;
  readonly cursor: Signal<number | undefined>;
  readonly time: Signal<Address['time']>;
  readonly theme: Signal<Address['theme']>;
  readonly pace: Signal<number>;
  readonly closed: Signal<readonly string[]>;
  /** What the address said that could not be understood. */
  readonly faults: Signal<readonly string[]>;
  readonly view: View;
  readonly address: ReadonlySignal<Address>;
  /** Whether the training shown was ever let go. */
  readonly #begun = signal(false);

  /** @param systemPaper what the reader's system prefers */
  constructor(hash: string, systemPaper: ReadonlySignal<'light' | 'dark'>) {
    const { address, faults } = withKnownSettings(readAddress(hash));
    this.settings = signal({ preset: address.preset, overrides: address.set });
    this.opened = signal(address.run);
    this.cursor = signal(address.step);
    this.time = signal(address.time);
    this.theme = signal(address.theme);
    this.pace = signal(address.pace);
    this.closed = signal(address.closed);
    this.faults = signal(faults);
    let last: Experiment = readSettings({ preset: address.preset, overrides: [] }).experiment;
    this.draft = computed(() => {
      try {
        const { experiment, notices } = readSettings(this.settings.value);
        last = experiment;
        return { experiment, notices, issues: [] };
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        return { experiment: last, notices: [], issues: error.issues };
      }
    });
    this.training = computed(() => (this.run.value instanceof TrainingRun ? this.run.value : undefined));
    this.changed = computed(() => {
      const training = this.training.value;
      return training !== undefined && !sameSettings(training.settings, this.settings.value);
    });
    const shownStep = computed(() => this.cursor.value ?? this.run.value?.step.value ?? 0);
    this.view = {
      cursor: this.cursor,
      shownStep,
      moment: computed(() => momentAt(this.run.value?.moments.value ?? [], shownStep.value)),
      logTime: computed(() => this.time.value === 'log'),
      paper: computed(() => (this.theme.value === 'auto' ? systemPaper.value : this.theme.value)),
    };
    this.address = computed(() => ({
      preset: this.settings.value.preset,
      set: this.settings.value.overrides,
      run: this.opened.value,
      play: this.#begun.value,
      step: this.cursor.value,
      pace: this.pace.value,
      time: this.time.value,
      theme: this.theme.value,
      closed: this.closed.value,
    }));
    if (address.run === undefined) this.begin(address.play, address.play);
  }

  /**
   * Puts a new training with the settings as they are written in place of the run that is shown.
   * @param resume whether it goes on from where it was saved in this browser, if it was
   */
  begin(playing: boolean, resume = false): void {
    if (this.draft.value.issues.length > 0) return;
    this.training.value?.dispose();
    this.opened.value = undefined;
    this.#begun.value = playing;
    this.run.value = new TrainingRun({
      settings: this.settings.value,
      pace: this.pace.value,
      playing,
      resume,
    });
  }

  /** Shows a run that was opened from files. */
  show(run: LabRun, name: string): void {
    this.training.value?.dispose();
    this.cursor.value = undefined;
    this.opened.value = name;
    this.run.value = run;
  }

  play(): void {
    this.#begun.value = true;
    this.training.value?.play();
  }

  pause(): void {
    this.training.value?.pause();
  }

  /** On to the next evaluation, which every panel then shows. */
  advance(): void {
    this.#begun.value = true;
    this.cursor.value = undefined;
    this.training.value?.advance();
  }

  setPace(pace: number): void {
    this.pace.value = pace;
    this.training.value?.setPace(pace);
  }

  /** Changed settings of a run that has not begun take effect at once; others wait for `begin`. */
  setSettings(settings: WrittenSettings): void {
    this.settings.value = settings;
    if (!this.#begun.value && this.opened.value === undefined) this.begin(false);
  }

  choosePreset(preset: string): void {
    this.cursor.value = undefined;
    this.#begun.value = false;
    this.settings.value = { preset, overrides: [] };
    this.begin(false);
  }
}

/** A link with an unknown preset opens the first one; one with impossible settings opens its preset. */
function withKnownSettings({ address, faults }: ReadAddress): ReadAddress {
  const { preset, set } = address;
  try {
    readSettings({ preset, overrides: set });
    return { address, faults };
  } catch (error) {
    if (error instanceof ConfigError) {
      const sentences = error.issues.map(
        ({ message }) => `The address asks for what is not possible: ${message}.`,
      );
      return { address: { ...address, set: [], play: false }, faults: [...faults, ...sentences] };
    }
    const sentence = error instanceof Error ? error.message : String(error);
    return {
      address: { ...address, preset: firstPreset, set: [], play: false },
      faults: [...faults, sentence],
    };
  }
}
