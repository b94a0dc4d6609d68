/** A finished or growing run, read-only, of the served folder or of files opened here: its curves from metrics.csv, followed while it grows, its moments from its checkpoints. */

import { batch, signal } from '@preact/signals';
import {
  accuracyCurvesOf,
  type Experiment,
  findMilestones,
  type MeasuredValues,
  type MetricsRow,
  type Milestones,
  NUMERIC_VERSION,
  parseExperiment,
} from 'grokscope';
import { checkpointFileName } from '../../src/runs/checkpoint-format.ts';
import type { Examples } from '../run/examples.ts';
import type { ForkableRun, History } from '../run/forkable-run.ts';
import { historyOf } from '../run/history.ts';
import type { RunStatus } from '../run/lab-run.ts';
import type { Moment } from '../run/moment.ts';
import { type Series, SeriesTable } from '../run/series.ts';
import type { WrittenSettings } from '../settings/written-settings.ts';
import { CheckpointLooks, type LookWorker } from './checkpoint-looks.ts';
import { FollowedRows } from './followed-rows.ts';
import type { MetricsPart, MetricsPosition, RunSource, SourceDetail } from './run-source.ts';
import { ServerGone } from './runs-server.ts';
import { StoredStates } from './stored-states.ts';

/** Ms from one look at a run to the next: while it is written, and while nobody writes it or nobody answers. */
const NEXT_LOOK = 1000;
const NEXT_LOOK_AT_REST = 4000;

/** How it is opened; tests give what is no browser's. */
export interface RecordedRunOptions {
  /** Leaves its checkpoints alone until they are wanted (lookIntoCheckpoints). */
  readonly curvesOnly?: boolean;
  readonly worker?: () => LookWorker;
  /** Factor of the times between looks. */
  readonly haste?: number;
}

export class RecordedRun implements ForkableRun {
  readonly name = signal('');
  readonly id = signal<string | undefined>(undefined);
  readonly experiment = signal<Experiment | undefined>(undefined);
  readonly status = signal<RunStatus>({ kind: 'loading' });
  readonly step = signal(0);
  readonly rows = signal<readonly MetricsRow[]>([]);
  readonly milestones = signal<Milestones | undefined>(undefined);
  readonly moments = signal<readonly Moment[]>([]);
  readonly examples = signal<Examples | undefined>(undefined);
  readonly notices = signal<readonly string[]>([]);
  readonly forkedAt = 0;
  readonly #settings = signal<WrittenSettings | undefined>(undefined);
  readonly #unforkable = signal<string | undefined>(undefined);
  readonly #states = new StoredStates((step) => this.#contentsOf(step));
  readonly #source: RunSource;
  readonly #options: RecordedRunOptions;
  readonly #series = new SeriesTable();
  readonly #followed: FollowedRows;
  readonly #end = new AbortController();
  #position: MetricsPosition | undefined;
  #wantsLooks: boolean;
  /** The settings with which its checkpoints can be looked into, as soon as that is known. */
  #configText: string | undefined;
  #looks: CheckpointLooks | undefined;
  /** Steps of its checkpoints, ascending. */
  #checkpoints: readonly number[] = [];
  /** What was measured at checkpoints, by step. */
  readonly #measured = new Map<number, MeasuredValues>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param name its folder below the served one, parts joined by `/` */
  constructor(source: RunSource, name: string, options: RecordedRunOptions = {}) {
    this.#source = source;
    this.#options = options;
    this.#wantsLooks = options.curvesOnly !== true;
    this.#followed = new FollowedRows(`${name}/metrics.csv`);
    this.name.value = name;
    void this.#open();
  }

  /** Whether others find it under its name. */
  get isServed(): boolean {
    return this.#source.isServed;
  }

  /** Its checkpoints, those of which all rows before are known. */
  get states() {
    return this.#states.all;
  }

  /** config.yaml, with nothing over it. */
  get settings(): WrittenSettings | undefined {
    return this.#settings.value;
  }

  get unforkable(): string | undefined {
    return this.#unforkable.value;
  }

  historyUpTo(step: number): History {
    const rows = this.rows.value.filter((row) => row.step <= step);
    const beside = { moments: this.moments.value, measured: this.#measured };
    return this.experiment.value === undefined ? [] : historyOf(rows, this.experiment.value, beside);
  }

  series(split: string, column: string): Series {
    return this.#series.get(split, column);
  }

  /** Stops following it; it keeps what it has. */
  dispose(): void {
    this.#end.abort();
    clearTimeout(this.#timer);
    this.#looks?.dispose();
  }

  /** What its checkpoints show is wanted from now on. */
  lookIntoCheckpoints(): void {
    this.#wantsLooks = true;
    if (this.#configText !== undefined && this.#looks === undefined && !this.#end.signal.aborted)
      this.#lookInto(this.#configText).catch((error) => this.#fail(error));
  }

  async #open(): Promise<void> {
    try {
      const detail = await this.#source.detail(this.name.value, this.#end.signal);
      this.id.value = detail.run_id;
      const configText = await this.#readSettings(detail);
      refuseAbsent(detail, 'metrics.csv');
      this.#takeCheckpoints(detail);
      await this.#look();
      // What keeps the rows from being read was said by that.
      if (detail.problem !== undefined) this.#say(detail.problem);
      if (configText === undefined || this.#end.signal.aborted) return;
      this.#configText = configText;
      if (this.#wantsLooks) await this.#lookInto(configText);
    } catch (error) {
      if (!this.#end.signal.aborted) this.#fail(error);
    }
  }

  /**
   * A run without readable settings still has its curves.
   * @returns the text of its settings where its checkpoints can be looked into
   */
  async #readSettings(detail: SourceDetail): Promise<string | undefined> {
    const file = `${this.name.value}/config.yaml`;
    let text: string;
    try {
      refuseAbsent(detail, 'config.yaml');
      text = await this.#source.text(this.name.value, 'config.yaml', this.#end.signal);
      this.experiment.value = parseExperiment(text, { file }).experiment;
    } catch (error) {
      if (error instanceof ServerGone || this.#end.signal.aborted) throw error;
      const [first] = sentenceOf(error).split('\n');
      this.#say(`The settings cannot be read, so there are curves only: ${first}.`);
      this.#unforkable.value = 'It cannot be forked, because its settings cannot be read.';
      return undefined;
    }
    if (detail.numeric_version !== NUMERIC_VERSION) {
      this.#say(
        `It was trained with numeric version ${detail.numeric_version} and this is ${NUMERIC_VERSION}: ` +
          'there are curves only, for its checkpoints would give other numbers here.',
      );
      this.#unforkable.value =
        'It cannot be forked, because another numeric version trained it: nothing goes on from there to the same bits.';
      return undefined;
    }
    this.#settings.value = { preset: this.name.value, recorded: text, overrides: [] };
    return text;
  }

  async #lookInto(configText: string): Promise<void> {
    const contentsOf = (step: number) => this.#contentsOf(step);
    const listener = {
      examples: (examples: Examples) => {
        this.examples.value = examples;
      },
      moments: (moments: readonly Moment[]) => {
        this.moments.value = moments;
      },
      measured: (step: number, values: MeasuredValues) => this.#takeMeasured(step, values),
      notice: (sentence: string) => this.#say(sentence),
    };
    const looked = { configText, runId: this.id.value ?? '' };
    this.#looks = new CheckpointLooks(looked, contentsOf, listener, this.#options.worker?.());
    try {
      await this.#askForCheckpoints();
    } catch (error) {
      if (!(error instanceof ServerGone)) throw error;
      this.#say(goneSentence);
    }
  }

  async #askForCheckpoints(): Promise<void> {
    this.#takeCheckpoints(await this.#source.detail(this.name.value, this.#end.signal));
    this.#offerStates();
    this.#looks?.offer(this.#checkpoints);
  }

  #takeCheckpoints({ checkpoints }: SourceDetail): void {
    this.#checkpoints = checkpoints.map(({ step }) => step);
  }

  #offerStates(): void {
    const every = this.experiment.value?.train.eval_every_steps;
    const runId = this.id.value;
    if (every === undefined || runId === undefined || this.#unforkable.value !== undefined) return;
    this.#states.offer(this.#checkpoints, { runId, every, lastStep: this.step.value });
  }

  #contentsOf(step: number): Promise<Blob | string> {
    return this.#source.checkpoint(this.name.value, `checkpoints/${checkpointFileName(step)}`);
  }

  /** Takes in what was written since the last look, and comes again while more may come. */
  async #look(): Promise<void> {
    const { signal } = this.#end;
    try {
      const part = await this.#source.metrics(this.name.value, this.#position, signal);
      const isOver = part.state === 'finished' || part.state === 'diverged';
      // Its last checkpoint is known before it is said to be over.
      if (isOver) await this.#askForCheckpoints();
      const isNew = this.#take(part);
      this.#unsay(goneSentence);
      if (isNew && part.state === 'being-written') await this.#askForCheckpoints();
      if (!isOver) this.#again(part.state === 'being-written' ? NEXT_LOOK : NEXT_LOOK_AT_REST);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ServerGone)) throw error;
      this.#say(goneSentence);
      this.#again(NEXT_LOOK_AT_REST);
    }
  }

  #again(milliseconds: number): void {
    const look = () => this.#look().catch((error) => this.#fail(error));
    this.#timer = setTimeout(look, milliseconds * (this.#options.haste ?? 1));
  }

  /** Whether there were new rows. */
  #take({ text, position, runId, state }: MetricsPart): boolean {
    if (runId !== this.id.value) {
      throw new Error(
        `Another run was put in the place of ${this.name.value}; open it again to see that one.`,
      );
    }
    const { rows, fault, goesBack } = this.#followed.take(text, position.from);
    if (goesBack) this.#say('Lines of metrics.csv that go back to earlier steps are left out.');
    this.#position = position;
    batch(() => {
      if (rows.length > 0) {
        this.#series.append(rows);
        this.rows.value = [...this.rows.value, ...rows];
        this.step.value = rows.at(-1)?.step ?? this.step.value;
        this.milestones.value = findMilestones(accuracyCurvesOf(this.rows.value), this.#thresholds());
      }
      if (state === 'diverged') this.#say('Its numbers left the floats, which ended it.');
      this.status.value = statusOf[state];
      this.#offerStates();
    });
    if (fault !== undefined) throw fault;
    return rows.length > 0;
  }

  /** Columns that metrics.csv does not have, at checkpoints only; like all that concerns the network they count for every split. */
  #takeMeasured(step: number, values: MeasuredValues): void {
    this.#measured.set(step, values);
    const splits = new Set(this.rows.value.slice(0, 3).map(({ split }) => split));
    this.#series.append([...splits].map((split) => ({ step, split, values })));
    // Rows are what pictures watch.
    this.rows.value = [...this.rows.value];
  }

  #thresholds() {
    const milestones = this.experiment.value?.milestones;
    if (milestones === undefined) return {};
    return {
      memorizeThreshold: milestones.memorize_threshold,
      grokThreshold: milestones.grok_threshold,
      grokPatience: milestones.grok_patience,
    };
  }

  #fail(error: unknown): void {
    if (this.#end.signal.aborted) return;
    this.status.value = { kind: 'failed', sentence: sentenceOf(error) };
    this.dispose();
  }

  #say(sentence: string): void {
    if (!this.notices.value.includes(sentence)) this.notices.value = [...this.notices.value, sentence];
  }

  #unsay(sentence: string): void {
    if (this.notices.value.includes(sentence))
      this.notices.value = this.notices.value.filter((said) => said !== sentence);
  }
}

const goneSentence = 'The server of the lab does not answer; what is shown is what it said last.';

const statusOf: Readonly<Record<MetricsPart['state'], RunStatus>> = {
  finished: { kind: 'finished' },
  diverged: { kind: 'finished' },
  'being-written': { kind: 'growing' },
  stopped: { kind: 'stopped' },
};

/** What is known to be missing is not asked for: browsers write failed requests into the console. */
function refuseAbsent({ absent }: SourceDetail, file: string): void {
  const sentence = absent?.[file];
  if (sentence !== undefined) throw new Error(sentence);
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
