/** A page and a folder of runs for the lab's server to serve, and a server on a free port. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { PageFiles } from '../../src/cli/lab/page-files.ts';
import { RunsFolder } from '../../src/cli/lab/runs-folder.ts';
import { type LabServer, startServer } from '../../src/cli/lab/server.ts';
import { TrialReports } from '../../src/cli/lab/trial-reports.ts';
import { RunDirectory } from '../../src/runs/index.ts';
import { temporaryFolder } from '../disks/temporary-folder.ts';

/** A page of three files. */
export function smallPage(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>lab</title>');
  writeFileSync(join(folder, 'assets', 'index-a1B2c3D4.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'kernels.wasm'), new Uint8Array([0, 97, 115, 109]));
  return folder;
}

/** A run with one evaluation, open for more; closed when the test is over. */
export function openRun(path: string, seed = 1): RunDirectory {
  const run = RunDirectory.create(path, {
    config: { seed },
    configText: `seed: ${seed}\n`,
    numericVersion: '1',
    command: ['grokscope', 'train'],
    versions: {},
    seeds: { seed },
    threads: 1,
  });
  onTestFinished(() => run.close());
  run.appendMetrics(rowsOf(0));
  return run;
}

/** Both splits of one evaluation. */
export function rowsOf(step: number, accuracy = 0.5) {
  return ['train', 'val'].map((split) => ({ step, split, values: { loss: 1, accuracy } }));
}

/**
 * Serves runs, and a small page, on a free port until the test is over.
 * @param results folder of trial reports beside those among the runs
 */
export async function servedLab(runs: string, page = smallPage(), results?: string): Promise<LabServer> {
  const folder = new RunsFolder(runs);
  const server = await startServer({
    page: new PageFiles(page),
    runs: folder,
    reports: new TrialReports(folder, results),
    host: '127.0.0.1',
    port: 0,
    onError: (error) => {
      throw error;
    },
  });
  onTestFinished(() => server.close());
  return server;
}
