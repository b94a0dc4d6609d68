/** What is kept of a trial's runs: enough to judge it again and to draw its report without the runs themselves. */

/** The contents of results.json. */
export interface TrialResults {
  readonly format: 1;
  readonly trial: string;
  readonly registered: Registration;
  readonly grokscope: string;
  readonly numeric_version: number;
  /** Machines that computed it, each in one line. */
  readonly machines: readonly string[];
  /** By arm in the order of the trial, then by seed. */
  readonly runs: readonly RunResult[];
}

/** The trial as it stood before its first run. */
export interface Registration {
  /** ISO date of the first run, UTC. */
  readonly date: string;
  /** Runs of it that were there already, as those of a pilot: whoever wrote the plan could know them. Absent where there were none. */
  readonly runs_before?: number;
  /** SHA-256 of `plan` in canonical form: the file's content, whatever its comments and spelling. */
  readonly hash: string;
  /** Everything the file stated, seeds and arms as settings. */
  readonly plan: unknown;
}

/** One run of a trial. */
export interface RunResult {
  readonly arm: string;
  readonly seed: number;
  readonly run_id: string;
  /** Of the run's folder below that of the trial's runs. */
  readonly folder: string;
  /** Steps at which censored events count. */
  readonly budget: number;
  readonly last_step: number;
  /** The step whose numbers were no longer finite; such a run never did what it had not done by then. */
  readonly diverged_at: number | null;
  readonly endpoints: Readonly<Record<string, EndpointValue>>;
  /** Some evaluations of the run, for its small picture: step, train accuracy, held-out accuracy. */
  readonly curve: readonly (readonly [number, number | null, number | null])[];
}

/** `observed` false: a time is censored at `value` (the event did not happen by then); other values are bounds at the budget. */
export interface EndpointValue {
  /** null: cannot be read off this run, such as a column at a moment that did not come. */
  readonly value: number | null;
  readonly observed: boolean;
}
