/** When a run may not be started or resumed in a folder, in one sentence with the ways out. */

import { RunError } from './run-error.ts';
import type { Standing } from './run-files.ts';
import { configDifferences } from './run-id.ts';
import type { RunMeta } from './run-meta.ts';

/** How many differing keys are named. */
const named = 3;

/** What tells two computations apart, such as `train.lr is 0.01 there, 0.001 here`. */
function difference(there: RunMeta, here: RunMeta): string {
  const found = configDifferences(there.config, here.config);
  if (found.length === 0) {
    return `made by numeric version ${there.numeric_version}, this one is ${here.numeric_version}`;
  }
  const texts = found
    .slice(0, named)
    .map((one) => `${one.key} is ${one.there ?? 'absent'} there and ${one.here ?? 'absent'} here`);
  const more = found.length > named ? `, and ${found.length - named} more` : '';
  return texts.join(', ') + more;
}

function notARun(path: string, holds: string): RunError {
  const problem = `${path} is not the folder of a run (no meta.json, but ${holds})`;
  return new RunError('not-a-run', problem, 'give another folder with --run');
}

/** @throws RunError unless a run may be started there. */
export function checkStart(path: string, standing: Standing, here: RunMeta, overwrite: boolean): void {
  if (standing.kind === 'absent') return;
  if (standing.kind === 'not-a-run') throw notARun(path, standing.holds);
  if (overwrite) return;
  const { meta, done } = standing;
  if (meta.run_id !== here.run_id) {
    throw new RunError(
      'other-run',
      `${path} holds a run of another configuration: ${difference(meta, here)}`,
      'give another folder with --run, or replace it with --overwrite',
    );
  }
  throw new RunError(
    'exists',
    `${path} already holds this very run, ${done ? 'finished' : 'not finished'}`,
    done
      ? 'replace it with --overwrite, or give another --run'
      : 'go on with --resume or replace it with --overwrite',
  );
}

/** @returns what the folder's meta.json says. @throws RunError unless the run there can be gone on with. */
export function checkResume(path: string, standing: Standing, here: RunMeta): RunMeta {
  if (standing.kind === 'absent') {
    throw new RunError('missing', `${path} holds no run to resume`, 'leave out --resume to start one');
  }
  if (standing.kind === 'not-a-run') throw notARun(path, standing.holds);
  const { meta, done } = standing;
  if (meta.run_id !== here.run_id) {
    throw new RunError(
      'other-run',
      `${path} cannot be resumed with another configuration: ${difference(meta, here)}`,
      'resume with the configuration it was started with, give another --run, or replace it with --overwrite',
    );
  }
  if (done) {
    throw new RunError(
      'finished',
      `${path} is finished`,
      'there is nothing to resume; --overwrite trains it again',
    );
  }
  return meta;
}
