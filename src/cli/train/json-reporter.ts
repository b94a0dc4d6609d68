/** A training as JSON, one event a line; numbers that are not finite are null, as JSON has none. */

import type { Host } from '../host.ts';
import type { Reporter } from './reporter.ts';

export function jsonReporter(host: Host): Reporter {
  const write = (event: string, fields: object) =>
    host.out.write(`${JSON.stringify({ event, ...fields })}\n`);
  return {
    start: ({ experiment, run, runId, fromStep, resumed, notices }) =>
      write('start', {
        run,
        run_id: runId,
        name: experiment.name,
        from_step: fromStep,
        total_steps: experiment.train.total_steps,
        resumed,
        notices,
      }),
    step: () => {},
    snapshot: ({ step, metrics, weightNorm, penalty, milestones }) => {
      if (metrics !== undefined)
        write('evaluation', {
          step,
          ...metrics,
          weight_norm: weightNorm,
          laplacian_penalty: penalty,
          milestones,
        });
    },
    checkpoint: (step, path) => write('checkpoint', { step, path }),
    notice: (notice) => write('notice', { notice }),
    stopping: () => {},
    interrupted: (step, run, resume) => write('interrupted', { step, run, resume }),
    alreadyFinished: (run) => write('done', { run, already_finished: true }),
    done: ({ run, step, seconds, summary }) =>
      write('done', { run, step, seconds: Number(seconds.toFixed(3)), summary }),
    failed: (message, exitCode) => write('error', { message, exit_code: exitCode }),
    close: () => {},
  };
}
