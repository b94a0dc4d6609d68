/** `grokscope measure`: declares the command. */

import type { CommandDeclaration } from '../command.ts';
import { path, wholeNumber } from '../option-values.ts';

const examples = `
Examples:
  grokscope measure runs/modular-addition
  grokscope measure runs/modular-addition --measures spectrum --steps 0,500,1000
  grokscope measure runs/modular-addition --steps last --nulls    what the same network gives untrained, and on random labels

Prints CSV: the step, then the columns of the measures as they would stand in metrics.csv, byte for byte.
'grokscope measures' explains each of them.`;

export const measureCommand: CommandDeclaration = (program, host) => {
  program
    .command('measure')
    .summary('measure the stored checkpoints of a run')
    .description('Takes measures of a run afterwards, at its stored checkpoints, and prints them as CSV.')
    .argument('<run>', 'folder of a run, finished or not', path('the run'))
    .option(
      '--measures <names>',
      'names, comma-separated (default: those of its configuration, else spectrum)',
    )
    .option('--steps <steps>', 'steps of checkpoints, comma-separated, or all, or last', 'all')
    .option('--nulls', 'then the nulls: untrained (mean of five seeds), and trained on random labels')
    .option('--threads <n>', 'threads to compute on (default: all cores)', wholeNumber('--threads', 1))
    .addHelpText('after', examples)
    .action(async (run, options) => {
      const { measureRun } = await import('../measure.ts');
      await measureRun(run, options, host);
    });
};
