/** What the lab's server tells its page of runs and trial reports, as JSON: types alone, which both sides share. */

/** `stopped`: neither finished nor written by a process that lives, so it can be resumed. */
export type RunState = 'finished' | 'diverged' | 'being-written' | 'stopped';

/** One line of the list of runs; steps are null where nothing of the kind was seen. */
export interface RunOutline {
  /** Its folder below the folder of runs, parts joined by `/`. */
  readonly name: string;
  readonly run_id: string;
  readonly state: RunState;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly last_step: number | null;
  readonly memorized_step: number | null;
  readonly first_crossing_step: number | null;
  readonly grokked_step: number | null;
  /** Why there is no more to say of it, such as a damaged metrics.csv. */
  readonly problem?: string;
}

/** The answer of /api/runs. */
export interface RunsListed {
  /** The folder as it was given. */
  readonly folder: string;
  readonly runs: readonly RunOutline[];
  /** What a person should know, such as a folder that is missing. */
  readonly notices: readonly string[];
}

/** The answer of /api/runs to a name: one run, or none and the reason. */
export interface RunNamed {
  readonly runs: readonly RunDetail[];
  readonly notices: readonly string[];
}

/** The answer of /api/run. */
export interface RunDetail extends RunOutline {
  /** Of the arithmetic that trained it; with another one its weights would give other numbers. */
  readonly numeric_version: string;
  /** Why a file that every run has cannot be read, by its name; empty where all is there. */
  readonly absent: Readonly<Record<string, string>>;
  /** Stored spectra by ascending step. */
  readonly spectra: readonly StoredFile[];
  readonly checkpoints: readonly StoredFile[];
}

/** `file` is what /api/file takes. */
export interface StoredFile {
  readonly step: number;
  readonly file: string;
}

/** One trial report of the list of /api/reports. */
export interface ReportOutline {
  /** Where it is: among the runs, or in the folder of results. /api/report takes it with `name`. */
  readonly folder: 'runs' | 'results';
  /** Its folder below that one, parts joined by `/`. */
  readonly name: string;
  readonly trial: string;
  /** What its page says at its head; empty where that is not understood. */
  readonly question: string;
  readonly reason: string;
  readonly verdict: 'supported' | 'contradicted' | 'undecided' | null;
  readonly isPilot: boolean;
  readonly arms: readonly string[];
  /** How many. */
  readonly seeds: number;
  readonly runs: number;
  /** Why there is no more to say of it, such as a damaged results.json. */
  readonly problem?: string;
}

/** The answer of /api/reports. */
export interface ReportsListed {
  readonly reports: readonly ReportOutline[];
  readonly notices: readonly string[];
}
