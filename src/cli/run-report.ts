/** What the figures and the report of a run need, read from its folder. */

import { basename, resolve } from 'node:path';
import type { Experiment } from '../config/index.ts';
import type { RunFigures } from '../figures/figure-set.ts';
import { evenlyChosen, REPORTED_SPECTRA, type RunReport } from '../figures/report/run-report.ts';
import { trainingSentence } from '../figures/report/training-sentence.ts';
import type { SpectrumMap } from '../figures/spectrum-heat-map.ts';
import type { Diagonal } from '../figures/spectrum-words.ts';
import type { RunReader, SpectralFiles, SpectralSnapshot } from '../runs/index.ts';
import { quoted } from './quoted.ts';

/** Which of the stored spectra are drawn. */
export type Snapshots = 'all' | 'last' | 'report';

/**
 * The rows of a run and the spectra asked for.
 * @throws RunError when a file of them is missing or damaged
 */
export function figuresOf(run: RunReader, snapshots: Snapshots): RunFigures {
  const { rows } = run.metrics(['loss', 'accuracy']);
  const diagonal = diagonalOf(run);
  const spectra =
    diagonal === undefined
      ? []
      : chosen(run.spectra(), snapshots).flatMap((files) => mapOf(run.spectrum(files), diagonal));
  return { name: nameOf(run), rows, spectra };
}

/**
 * Everything that the report of a run tells; `planes` are drawn when they are given.
 * @throws RunError when a file of the run is missing or damaged
 */
export function reportOf(run: RunReader, planes?: RunFigures['planes']): RunReport {
  const { run_id, numeric_version, machine, threads, command, config } = run.meta;
  const threadWords = `${threads} thread${threads === 1 ? '' : 's'}`;
  return {
    ...figuresOf(run, 'report'),
    planes,
    trained: sentenceOf(config),
    finished: run.done,
    configText: run.configText(),
    runId: run_id,
    numericVersion: numeric_version,
    machine: `${machine.cpu}, ${threadWords}, ${machine.platform} ${machine.arch}, Node ${machine.node}`,
    command: command.map(quoted).join(' '),
    repeat: `grokscope train --config config.yaml --run ${quoted(`runs/${nameOf(run)}`)}`,
  };
}

function nameOf(run: RunReader): string {
  return basename(resolve(run.path));
}

function chosen(spectra: SpectralFiles[], snapshots: Snapshots): SpectralFiles[] {
  if (snapshots === 'all') return spectra;
  return snapshots === 'last' ? spectra.slice(-1) : evenlyChosen(spectra, REPORTED_SPECTRA);
}

/** A run of another version may have a configuration that this one cannot read. */
function sentenceOf(config: unknown): string {
  try {
    return trainingSentence(config as Experiment);
  } catch {
    return '';
  }
}

/** The diagonal of a torus, two residues modulo N; undefined for other inputs, whose spectra are no maps of frequencies. */
function diagonalOf(run: RunReader): Diagonal | undefined {
  const { task, dataset } = (run.meta.config ?? {}) as Partial<Experiment>;
  if (task !== 'modular') return undefined;
  if (dataset?.op === 'add') return 'main';
  return dataset?.op === 'sub' ? 'anti' : 'none';
}

/** Modulo 2 a spectrum has no rows and columns of frequencies. */
function mapOf({ step, shape, power }: SpectralSnapshot, diagonal: Diagonal): Omit<SpectrumMap, 'name'>[] {
  const [rows, columns, ...others] = shape;
  if (rows === undefined || rows !== columns || others.length > 0) return [];
  const matrix = Array.from({ length: rows }, (_, i) => [...power.subarray(i * rows, (i + 1) * rows)]);
  return [{ step, power: matrix, diagonal }];
}
