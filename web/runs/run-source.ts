/** Where the files of a run come from: the server of the lab, or what the reader opened. */

import type { RunDetail, RunState } from '../../src/cli/lab/served-runs.ts';

/** What is known of a run before its files are read. */
export type SourceDetail = Pick<RunDetail, 'run_id' | 'numeric_version' | 'problem'> & {
  /** Sentences on files that cannot be read, where that is known. */
  readonly absent?: RunDetail['absent'];
  readonly checkpoints: readonly { readonly step: number }[];
};

/** Whole lines of metrics.csv, and where they stand in it. */
export interface MetricsPart {
  readonly text: string;
  readonly position: MetricsPosition;
  readonly runId: string;
  readonly state: RunState;
}

/** Bytes read, and of which text. */
export interface MetricsPosition {
  readonly from: number;
  readonly end: number;
  readonly edition: string;
}

/** What is missing or damaged is an error of one sentence. */
export interface RunSource {
  /** Whether others find its runs under their names, so that a link can lead to them. */
  readonly isServed: boolean;
  detail(name: string, signal?: AbortSignal): Promise<SourceDetail>;
  /** The lines of metrics.csv after those that were read. */
  metrics(name: string, read?: MetricsPosition, signal?: AbortSignal): Promise<MetricsPart>;
  text(name: string, file: string, signal?: AbortSignal): Promise<string>;
  /** Its bytes, or where a worker gets them. */
  checkpoint(name: string, file: string): Promise<Blob | string>;
}
