/** The state of the lab: what the address says, the settings that are being written, and the run that is shown. */

import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { AskedFork } from '../forks/asked-forks.ts';
import type { View } from '../panels/panel.ts';
import type { ForkableRun } from '../run/forkable-run.ts';
import type { LabRun } from '../run/lab-run.ts';
import type { PlayedRun } from '../run/played-run.ts';
import { TrainingRun } from '../run/training-run.ts';
import type { TrainingStart } from '../run/training-start.ts';
import { Beside } from '../runs/beside.ts';
import { drawnTogether } from '../runs/drawn-together.ts';
import { RecordedRun } from '../runs/recorded-run.ts';
import { IndexedTrainings } from '../saved/indexed-trainings.ts';
import { SavedOffer } from '../saved/saved-offer.ts';
import type { TrainingStore } from '../saved/saved-training.ts';
import { sameSettings, type WrittenSettings } from '../settings/written-settings.ts';
import type { PausingMilestone } from '../worker/gate.ts';
import { emptyAddress, readAddress } from './address.ts';
import { begunRun, playedRun } from './begun-run.ts';
import { type Draft, draftOf } from './draft.ts';
import { type ForkPlan, planFork } from './fork-plan.ts';
import { type ComparedRun, Forks } from './forks.ts';
import { possible, withKnownSettings } from './known-settings.ts';
import { linkedAddress } from './linked-address.ts';
import { LinkedForks } from './linked-forks.ts';
import { ownRuns } from './own-runs.ts';
import { Playback } from './playback.ts';
import type { Address } from './properties.ts';
import { viewOf } from './view.ts';
import { whenKnown } from './when-known.ts';

export class Lab {
  readonly settings: Signal<WrittenSettings>;
  readonly draft: ReadonlySignal<Draft>;
  /** The run that is shown; undefined while there is none. */
  readonly run = signal<LabRun | undefined>(undefined);
  /** The same where it is computed here, by training or by simulation. */
  readonly played: ReadonlySignal<PlayedRun | undefined>;
  /** The same where it is trained here. */
  readonly training: ReadonlySignal<TrainingRun | undefined>;
  /** A run and its forks, of which one is shown. */
  readonly forks = new Forks({
    beside: () => this.beside.runs.value,
    colorOf: (run) => (run instanceof RecordedRun ? this.beside.colorOf(run) : undefined),
  });
  /** Recorded runs that are drawn beside the one that is shown. */
  readonly beside: Beside;
  /** The one of them that is shown. */
  readonly selected: ReadonlySignal<ComparedRun | undefined>;
  readonly forkPlan: ReadonlySignal<ForkPlan>;
  /** Whether the settings differ from those that the shown run is trained with. */
  readonly changed: ReadonlySignal<boolean>;
  /** The run that was opened and is shown: of the served folder, or the reader's own. */
  readonly opened: Signal<string | undefined>;
  readonly cursor: Signal<number | undefined>;
  readonly time: Signal<Address['time']>;
  readonly theme: Signal<Address['theme']>;
  readonly closed: Signal<readonly string[]>;
  /** The step of the guided tour that is open. */
  readonly tour: Signal<number | undefined>;
  readonly open: Signal<readonly string[]>;
  /** What the address said that could not be understood. */
  readonly faults: Signal<readonly string[]>;
  readonly offer: SavedOffer;
  readonly playback: Playback;
  readonly view: View;
  readonly address: ReadonlySignal<Address>;
  /** Whether the run that was opened is one of the served folder. */
  readonly #served = signal(true);
  /** Whether an address leads to the run that is shown: none leads to files. */
  readonly isLinked = computed(() => this.opened.value === undefined || this.#served.value);
  /** The settings as they were written before a run was opened. */
  readonly #before: Signal<WrittenSettings>;
  readonly #linkedForks: LinkedForks;
  /** What the lab was opened by. */
  readonly #link: Address;
  /** Counts the runs that were begun or opened, so that what was looked up for an earlier one is dropped. */
  #turn = 0;

  /** @param systemPaper what the reader's system prefers */
  constructor(
    hash: string,
    systemPaper: ReadonlySignal<'light' | 'dark'>,
    store: TrainingStore = new IndexedTrainings(),
  ) {
    const { address, faults } = withKnownSettings(readAddress(hash));
    this.#link = address;
    this.offer = new SavedOffer(store);
    const settings = { preset: address.preset, overrides: address.run === undefined ? address.set : [] };
    this.settings = signal(settings);
    this.#before = signal(settings);
    this.opened = signal(address.run);
    const original = computed(() => this.forks.runs.value[0]?.run ?? this.run.value);
    const own = () => ownRuns(this.forks.runs.value, this.run.value);
    this.beside = new Beside(address.with, original, () => [...own(), ...this.forks.waiting.value]);
    this.cursor = signal(address.step);
    this.time = signal(address.time);
    this.theme = signal(address.theme);
    this.closed = signal(address.closed);
    this.tour = signal(address.tour);
    this.open = signal(address.open);
    this.faults = signal(faults);
    this.draft = draftOf(this.settings);
    this.training = computed(() => (this.run.value instanceof TrainingRun ? this.run.value : undefined));
    this.selected = computed(() => this.forks.runs.value.find(({ run }) => run === this.run.value));
    this.played = computed(() => playedRun(this.run.value));
    this.playback = new Playback(address.pace, {
      played: this.played,
      forks: this.forks,
      cursor: this.cursor,
      offer: this.offer,
    });
    this.changed = computed(() => {
      const settings = this.selected.value?.run.settings ?? this.played.value?.settings;
      return settings !== undefined && !sameSettings(settings, this.settings.value);
    });
    const { run, cursor, time, theme } = this;
    const compared = () => drawnTogether(own(), this.beside, run.value);
    this.view = viewOf({ run, cursor, time, theme, systemPaper, compared });
    this.forkPlan = computed(() => {
      const { shownStep } = this.view;
      const { room } = this.beside;
      return planFork(this.forks, this.selected.value, this.draft.value, shownStep.value, room.value);
    });
    const selected = computed(() => this.#linkedForks.wanted.value ?? this.selected.value?.number ?? 0);
    const { closed, open, tour, forks, opened, beside } = this;
    const { pace, begun } = this.playback;
    const looked = { step: cursor, pace, time, theme, closed, open, with: beside.names, tour };
    const [before, served] = [this.#before, this.#served];
    const linked = { forks, selected, settings: this.settings, before, begun, opened, served, looked };
    this.address = computed(() => linkedAddress(linked));
    const room = () => beside.room.value;
    const select = (run: ForkableRun) => this.select(run);
    this.#linkedForks = new LinkedForks({ forks, store, pace, room, faults: this.faults, select });
    if (address.run === undefined) {
      const asked = this.#linkedForks.asked(address, settings, false);
      if (address.play && asked.length > 0) void this.#goOnWith(asked, address.hide);
      else this.#begin({ playing: address.play, resume: address.play, forks: asked, hidden: address.hide });
    }
  }

  /**
   * Puts a new training, or simulation, with the settings as they are written in place of the run that is shown.
   * @param resume whether it goes on from where it was saved in this browser, if it was
   * @param until pauses at the evaluation at which this is first known
   */
  begin(playing: boolean, resume = false, until?: PausingMilestone): void {
    if (this.settings.value.recorded !== undefined) this.settings.value = this.#before.value;
    if (this.draft.value.issues.length > 0) return;
    this.#linkedForks.wanted.value = undefined;
    this.#begin({ playing, resume, until });
  }

  /** @param forks what is forked from it, when it gets there. @param hidden numbers of runs that are not drawn */
  #begin({
    forks = [],
    hidden = [],
    ...how
  }: Pick<TrainingStart, 'playing' | 'resume' | 'until'> & {
    readonly forks?: readonly AskedFork[];
    readonly hidden?: readonly number[];
  }): void {
    this.#turn++;
    const { playing } = how;
    const settings = this.settings.value;
    const pinned = forks.filter(({ from }) => from === 0).map(({ step }) => step);
    const run = begunRun(this.draft.value.experiment, {
      ...how,
      settings,
      pace: this.playback.pace.value,
      pinned,
    });
    batch(() => {
      this.opened.value = undefined;
      this.playback.begun.value = playing;
      this.playback.endSimulation();
      this.forks.replace(run instanceof TrainingRun ? run : undefined);
      this.forks.ask(forks, hidden);
      this.run.value = run;
    });
    if (playing) this.offer.withdraw();
    else void this.offer.lookFor(settings);
  }

  /** Trains on from where this training and its forks were saved in this browser. */
  goOn(): void {
    const forks = this.forks.waiting.value.map(({ asked }) => asked);
    void this.#goOnWith(forks, this.forks.hidden);
  }

  async #goOnWith(forks: readonly AskedFork[], hidden: readonly number[]): Promise<void> {
    const turn = ++this.#turn;
    const saved = await this.#linkedForks.saved(this.settings.value, forks);
    if (turn !== this.#turn) return;
    batch(() => {
      this.#begin({ playing: true, resume: saved.original, forks, hidden });
      this.#linkedForks.goOn(saved);
    });
  }

  /** Trains on from the stored state at the cursor, with the settings as they are written, beside the run that is shown. */
  fork(): void {
    const { from, state, refusal } = this.forkPlan.value;
    if (from === undefined || state === undefined || refusal !== undefined) return;
    batch(() => {
      this.playback.begun.value = true;
      this.cursor.value = undefined;
      this.#linkedForks.wanted.value = undefined;
      this.run.value = this.forks.add(from, state, this.settings.value, this.playback.pace.value);
    });
  }

  /** Shows another of the runs; the form has its settings. */
  select(run: ForkableRun): void {
    batch(() => {
      this.#linkedForks.wanted.value = undefined;
      this.run.value = run;
      if (run.settings !== undefined) this.settings.value = run.settings;
    });
  }

  /** Removes a fork, and those that left it. */
  removeFork(number: number): void {
    const gone = this.forks.withForksOf(number);
    const [original] = this.forks.runs.value;
    batch(() => {
      if (gone.some(({ run }) => run === this.run.value) && original !== undefined) this.select(original.run);
      this.#linkedForks.remove(number);
    });
  }

  /**
   * Shows a run that was recorded, of the served folder or of files, with its settings in the form.
   * @param isServed whether others find it under its name
   */
  show(run: ForkableRun, name: string, isServed: boolean): void {
    this.#show(run, name, isServed, emptyAddress);
  }

  /** Shows the run that the address names, as it says. */
  showAddressed(run: ForkableRun, name: string): void {
    this.#show(run, name, true, this.#link);
  }

  #show(run: ForkableRun, name: string, isServed: boolean, link: Address): void {
    const turn = ++this.#turn;
    this.offer.withdraw();
    batch(() => {
      if (this.settings.value.recorded === undefined) this.#before.value = this.settings.value;
      this.playback.endSimulation();
      this.forks.replace(run, name, isServed);
      this.cursor.value = link.step;
      this.opened.value = name;
      this.#linkedForks.wanted.value = undefined;
      this.playback.begun.value = false;
      this.#served.value = isServed;
      this.run.value = run;
    });
    whenKnown(
      () => run.settings ?? run.unforkable,
      (known) => {
        if (turn !== this.#turn) return;
        if (typeof known !== 'string') void this.#takeSettings(known, link);
        else if (link.fork.length > 0) this.#linkedForks.say([known]);
      },
    );
  }

  /** The form shows the settings of a recorded run, which its forks start from. */
  async #takeSettings(recorded: WrittenSettings, link: Address): Promise<void> {
    const turn = this.#turn;
    const { settings, sentences } = possible({ ...recorded, overrides: link.set });
    this.settings.value = settings;
    this.#linkedForks.say(sentences);
    const forks = this.#linkedForks.asked(link, recorded, true);
    const saved = await this.#linkedForks.saved(recorded, forks);
    if (turn !== this.#turn) return;
    batch(() => {
      this.forks.ask(forks, link.hide);
      this.#linkedForks.goOn(saved);
    });
  }

  /** Changed settings of a run that has not begun take effect at once; others wait for `begin`. */
  setSettings(settings: WrittenSettings): void {
    this.#linkedForks.wanted.value = undefined;
    this.settings.value = settings;
    if (!this.playback.begun.value && this.opened.value === undefined) this.begin(false);
  }

  choosePreset(preset: string): void {
    this.cursor.value = undefined;
    this.playback.begun.value = false;
    this.settings.value = { preset, overrides: [] };
    this.#before.value = this.settings.value;
    this.begin(false);
  }
}
