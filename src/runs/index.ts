/** The run directory and the formats of its files, exported as `grokscope/runs` (Node only). */

export type { DimensionSpectrum, SpectralSnapshot } from '../measures/spectral-snapshot.ts';
export type { AnalyticResult } from './analytic-folder.ts';
export type { AnalyticTable } from './analytic-table.ts';
export { AppendFile } from './append-file.ts';
export { writeAtomically } from './atomic-file.ts';
export { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
export {
  type CheckpointFile,
  type LatestCheckpoint,
  latestCheckpoint,
  listCheckpoints,
  readCheckpoint,
  writeCheckpoint,
} from './checkpoint-folder.ts';
export { formatNumber, parseNumber } from './csv.ts';
export { type FileSystem, nodeFileSystem } from './file-system.ts';
export { describeMachine, packageCommit } from './machine.ts';
export type { MachineDescription } from './machine-description.ts';
export { readMetricsFile } from './metrics-file.ts';
export { type MetricsTable, type ReadingOptions, readMetrics } from './metrics-reader.ts';
export { fixedColumns, type MetricsRow } from './metrics-table.ts';
export type { MetricsTail, TailPosition } from './metrics-tail.ts';
export { decodeNpy, encodeNpy, type NpyArray, type NpyDtype, NpyError } from './npy.ts';
export { milestoneOptions, type RecordedSummary } from './recorded-summary.ts';
export { type RecorderOptions, RunRecorder, resumptionOf } from './recorder.ts';
export { describeRun, type RunCircumstances } from './run-description.ts';
export { type Resumption, RunDirectory, type RunOptions, type TrainingState } from './run-directory.ts';
export { RunError, type RunErrorCode } from './run-error.ts';
export { dataFileParts, type Standing, standingOf } from './run-files.ts';
export { type ConfigDifference, canonicalJson, configDifferences, runId } from './run-id.ts';
export { listRuns, type RunList } from './run-list.ts';
export type { RunDescription, RunMeta, RunSession } from './run-meta.ts';
export { RunReader } from './run-reader.ts';
export {
  decodeSafetensors,
  encodeSafetensors,
  SafetensorsError,
  type Tensor,
  type TensorDtype,
  tensorOf,
} from './safetensors.ts';
export {
  listSpectra,
  readSpectrum,
  removeSpectraAfter,
  type SpectralFiles,
  writeSpectrum,
} from './spectral-folder.ts';
export type { TimingRow } from './timing.ts';
export { type RunOutcome, type RunTraining, type RunWatcher, trainRun } from './train-run.ts';
export { trainerState } from './trainer-state.ts';
