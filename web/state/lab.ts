/** The state of the lab: what the address says, the settings that are being written, and the run that is shown. */

import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { ConfigError, type ConfigIssue, type Experiment, type TrainerState } from 'grokscope';
import { forkRefusal } from '../forks/fork-rules.ts';
import { IsolatedRun } from '../isolated/isolated-run.ts';
import { isSimulated, simulationNotices } from '../isolated/simulated-settings.ts';
import type { View } from '../panels/panel.ts';
import type { LabRun } from '../run/lab-run.ts';
import { latestAt, momentAt } from '../run/moment.ts';
import type { PlayedRun } from '../run/played-run.ts';
import { TrainingRun } from '../run/training-run.ts';
import { Beside } from '../runs/beside.ts';
import { drawnTogether } from '../runs/drawn-together.ts';
import { readSettings, sameSettings, type WrittenSettings } from '../settings/written-settings.ts';
import type { PausingMilestone } from '../worker/gate.ts';
import { type ReadAddress, readAddress } from './address.ts';
import { Forks } from './forks.ts';
import { ownRuns } from './own-runs.ts';
import type { Address } from './properties.ts';
import { MOST_RUNS } from './run-colors.ts';

/** The settings that are being written, resolved; with issues instead where they mean no experiment. */
export interface Draft {
  /** What the settings mean, or meant last. */
  readonly experiment: Experiment;
  readonly notices: readonly string[];
  readonly issues: readonly ConfigIssue[];
}

/** Where the selected run would be forked now; with a sentence instead where it cannot be. */
export type ForkPlan =
  | { readonly state: TrainerState; readonly refusal?: undefined }
  | { readonly state?: TrainerState | undefined; readonly refusal: string };

const firstPreset = 'r1';

export class Lab {
  readonly settings: Signal<WrittenSettings>;
  readonly draft: ReadonlySignal<Draft>;
  /** The run that is shown; undefined while there is none. */
  readonly run = signal<LabRun | undefined>(undefined);
  /** The same where it is computed here, by training or by simulation. */
  readonly played: ReadonlySignal<PlayedRun | undefined>;
  /** The same where it is trained here. */
  readonly training: ReadonlySignal<TrainingRun | undefined>;
  /** The runs that are trained here, of which one is shown. */
  readonly forks = new Forks(() => this.beside.runs.value);
  /** Recorded runs that are drawn beside the one that is shown. */
  readonly beside: Beside;
  readonly forkPlan: ReadonlySignal<ForkPlan>;
  /** Whether the settings differ from those that the shown run is trained with. */
  readonly changed: ReadonlySignal<boolean>;
  /** The run that was opened and is shown: of the served folder, or the reader's own. */
  readonly opened: Signal<string | undefined>;
  readonly cursor: Signal<number | undefined>;
  readonly time: Signal<Address['time']>;
  readonly theme: Signal<Address['theme']>;
  readonly pace: Signal<number>;
  readonly closed: Signal<readonly string[]>;
  /** The step of the guided tour that is open. */
  readonly tour: Signal<number | undefined>;
  readonly open: Signal<readonly string[]>;
  /** What the address said that could not be understood. */
  readonly faults: Signal<readonly string[]>;
  readonly view: View;
  readonly address: ReadonlySignal<Address>;
  /** Whether the run that was opened is one of the served folder. */
  readonly #served = signal(true);
  /** Whether the training shown was ever let go. */
  readonly #begun = signal(false);

  /** @param systemPaper what the reader's system prefers */
  constructor(hash: string, systemPaper: ReadonlySignal<'light' | 'dark'>) {
    const { address, faults } = withKnownSettings(readAddress(hash));
    this.settings = signal({ preset: address.preset, overrides: address.set });
    this.opened = signal(address.run);
    const own = () => ownRuns(this.forks.runs.value, this.run.value);
    this.beside = new Beside(address.with, this.run, own);
    this.cursor = signal(address.step);
    this.time = signal(address.time);
    this.theme = signal(address.theme);
    this.pace = signal(address.pace);
    this.closed = signal(address.closed);
    this.tour = signal(address.tour);
    this.open = signal(address.open);
    this.faults = signal(faults);
    let last: Experiment = readSettings({ preset: address.preset, overrides: [] }).experiment;
    this.draft = computed(() => {
      try {
        const { experiment, notices } = readSettings(this.settings.value);
        last = experiment;
        return { experiment, notices: [...notices, ...simulationNotices(experiment)], issues: [] };
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        return { experiment: last, notices: [], issues: error.issues };
      }
    });
    this.training = computed(() => (this.run.value instanceof TrainingRun ? this.run.value : undefined));
    this.played = computed(() => {
      const run = this.run.value;
      return run instanceof IsolatedRun ? run : this.training.value;
    });
    this.changed = computed(() => {
      const played = this.played.value;
      return played !== undefined && !sameSettings(played.settings, this.settings.value);
    });
    this.forkPlan = computed(() => this.#planFork());
    const shownStep = computed(() => this.cursor.value ?? this.run.value?.step.value ?? 0);
    this.view = {
      cursor: this.cursor,
      shownStep,
      moment: computed(() => momentAt(this.run.value?.moments.value ?? [], shownStep.value)),
      compared: computed(() => drawnTogether(own(), this.beside, this.run.value)),
      logTime: computed(() => this.time.value === 'log'),
      paper: computed(() => (this.theme.value === 'auto' ? systemPaper.value : this.theme.value)),
    };
    this.address = computed(() => ({
      preset: this.#linked().preset,
      set: this.#linked().overrides,
      run: this.#served.value ? this.opened.value : undefined,
      with: this.beside.names.value,
      play: this.#begun.value,
      step: this.cursor.value,
      pace: this.pace.value,
      time: this.time.value,
      theme: this.theme.value,
      closed: this.closed.value,
      tour: this.tour.value,
      open: this.open.value,
    }));
    if (address.run === undefined) this.begin(address.play, address.play);
  }

  /**
   * Puts a new training, or simulation, with the settings as they are written in place of the run that is shown.
   * @param resume whether it goes on from where it was saved in this browser, if it was
   * @param until pauses at the evaluation at which this is first known
   */
  begin(playing: boolean, resume = false, until?: PausingMilestone): void {
    if (this.draft.value.issues.length > 0) return;
    this.opened.value = undefined;
    this.#begun.value = playing;
    const settings = this.settings.value;
    const start = { settings, pace: this.pace.value, playing, until };
    const run = isSimulated(this.draft.value.experiment)
      ? new IsolatedRun(start)
      : new TrainingRun({ ...start, resume });
    batch(() => {
      this.#letGo();
      this.forks.replace(run instanceof TrainingRun ? run : undefined);
      this.run.value = run;
    });
  }

  /** Trains on from the stored state at the cursor, with the settings as they are written, beside the run that is shown. */
  fork(): void {
    const { state, refusal } = this.forkPlan.value;
    const training = this.training.value;
    if (training === undefined || state === undefined || refusal !== undefined) return;
    batch(() => {
      this.#begun.value = true;
      this.cursor.value = undefined;
      this.run.value = this.forks.add(training, state, this.settings.value, this.pace.value);
    });
  }

  /** Shows another of the runs that are trained here; the form has its settings. */
  select(run: TrainingRun): void {
    batch(() => {
      this.run.value = run;
      this.settings.value = run.settings;
    });
  }

  removeFork(run: TrainingRun): void {
    const [original] = this.forks.runs.value;
    batch(() => {
      if (this.run.value === run && original !== undefined) this.select(original.run);
      this.forks.remove(run);
    });
  }

  #planFork(): ForkPlan {
    const training = this.training.value;
    const states = training?.states.value ?? [];
    const state = latestAt(states, this.view.shownStep.value);
    const experiment = training?.experiment.value;
    if (state === undefined || experiment === undefined)
      return { refusal: 'A run can be forked as soon as it has been evaluated.' };
    if (this.draft.value.issues.length > 0)
      return { state, refusal: 'The settings mean no experiment; what is wrong is said beside them.' };
    const grokked = training?.milestones.value?.grokked_step;
    const changes = forkRefusal(experiment, this.draft.value.experiment, state.step, grokked);
    if (changes !== undefined) return { state, refusal: changes };
    if (this.beside.room.value === 0)
      return { state, refusal: `There is room for ${MOST_RUNS} runs: remove one first.` };
    return { state };
  }

  /** What a link repeats: a fork cannot be had without its original, so the original where there are forks. */
  #linked(): WrittenSettings {
    const [original, ...forks] = this.forks.runs.value;
    return original === undefined || forks.length === 0 ? this.settings.value : original.run.settings;
  }

  /** Shows a run that was opened from files. @param isServed whether others find it under its name */
  show(run: LabRun, name: string, isServed: boolean): void {
    this.#letGo();
    this.forks.replace();
    this.cursor.value = undefined;
    this.opened.value = name;
    this.#served.value = isServed;
    this.run.value = run;
  }

  /** Ends a simulation that is shown; trainings are ended with their forks. */
  #letGo(): void {
    if (this.run.value instanceof IsolatedRun) this.run.value.dispose();
  }

  /** @param until pauses at the evaluation at which this is first known */
  play(until?: PausingMilestone): void {
    this.#begun.value = true;
    this.played.value?.play(until);
  }

  pause(): void {
    this.played.value?.pause();
  }

  /** On to the next evaluation, which every panel then shows. */
  advance(): void {
    this.#begun.value = true;
    this.cursor.value = undefined;
    this.played.value?.advance();
  }

  setPace(pace: number): void {
    this.pace.value = pace;
    for (const { run } of this.forks.runs.value) run.setPace(pace);
    if (this.run.value instanceof IsolatedRun) this.run.value.setPace(pace);
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
