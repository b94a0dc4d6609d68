/** A run that is trained here as the files of a run directory: the bytes that `grokscope train` writes, by the same functions. */

import { type Experiment, type MetricsRow, NUMERIC_VERSION } from 'grokscope';
import { checkpointFileName, sealCheckpoint, unsealedCheckpoint } from '../../src/runs/checkpoint-format.ts';
import type { MachineDescription } from '../../src/runs/machine-description.ts';
import { doneText, metaName, metaOf, metaText } from '../../src/runs/meta-format.ts';
import { jsonText, recordedSummary } from '../../src/runs/recorded-summary.ts';
import { describeRun } from '../../src/runs/run-description.ts';
import { timingColumns } from '../../src/runs/timing.ts';
import { trainingState } from '../../src/runs/trainer-state.ts';
import { sha256 } from '../../src/training/sha256.ts';
import type { TakenCheckpoint } from '../run/kept-checkpoints.ts';
import { metricsCsv } from '../run/metrics-csv.ts';
import type { NamedFile } from './written-zip.ts';

/** What is written down of a run. */
export interface TrainedRun {
  readonly experiment: Experiment;
  readonly id: string;
  /** As metrics.csv has them, without what the lab measured beside. */
  readonly rows: readonly MetricsRow[];
  readonly checkpoints: readonly TakenCheckpoint[];
  readonly isFinished: boolean;
  /** The words that make the same run on the command line. */
  readonly command: readonly string[];
  readonly threads: number;
  readonly started: Date;
  /** Of the package. */
  readonly version: string;
  readonly machine: MachineDescription;
  /** Sentences for the reader of meta.json. */
  readonly notices: readonly string[];
}

/** The files by their names in the folder; without summary.json and DONE the run is unfinished and can be resumed. */
export async function filesOfRun(run: TrainedRun): Promise<NamedFile[]> {
  const { experiment, id, rows, command, threads, version, machine, notices } = run;
  const description = describeRun(experiment, { command, versions: { grokscope: version }, threads });
  const meta = metaOf(description, id, { commit: null, machine }, run.started);
  const files = [
    textFile(metaName, metaText({ ...meta, notices })),
    textFile('config.yaml', description.configText),
    textFile('metrics.csv', metricsCsv(rows)),
    // The time of a page is not that of a training: it may be paused, or hidden.
    textFile('timing.csv', `${timingColumns.join(',')}\n`),
  ];
  for (const checkpoint of run.checkpoints) files.push(await checkpointFile(checkpoint, id));
  if (run.isFinished) {
    files.push(textFile('summary.json', jsonText(recordedSummary(rows, experiment, id))));
    files.push(textFile('DONE', doneText(meta)));
  }
  return files;
}

async function checkpointFile({ state, metricsRows }: TakenCheckpoint, runId: string): Promise<NamedFile> {
  const bytes = unsealedCheckpoint({
    ...trainingState(state),
    runId,
    numericVersion: NUMERIC_VERSION,
    metricsRows,
  });
  sealCheckpoint(bytes, await sha256(bytes));
  return { name: `checkpoints/${checkpointFileName(state.step)}`, bytes };
}

function textFile(name: string, text: string): NamedFile {
  return { name, bytes: new TextEncoder().encode(text) };
}
