/** `grokscope train`: declares the command; the training itself is loaded when it is run. */

import { availableParallelism } from 'node:os';
import type { CommandDeclaration } from '../command.ts';
import { path, wholeNumber } from '../option-values.ts';

const examples = `
Examples:
  grokscope train --config r1                              a preset by its name (see grokscope presets)
  grokscope train --config my.yaml --run runs/try-2        a file of yours, in a folder you name
  grokscope train --config r1 --seed 7 --run runs/r1-7     the same experiment from other weights
  grokscope train --config p53 train.lr=3e-4 dataset.N=59  keys of the file, overridden
  grokscope train --run runs/p53 --resume                  go on after an interruption, bit for bit
  grokscope train --config r1 --overwrite --json           one JSON object a line, for programs

Ctrl-C writes a checkpoint and ends with exit code 130; a second Ctrl-C ends at once.
The folder of a run holds config.yaml, meta.json, metrics.csv, timing.csv, checkpoints/, summary.json and DONE.`;

export const trainCommand: CommandDeclaration = (program, host, ends) => {
  program
    .command('train')
    .summary('train an experiment into a folder')
    .description(
      'Trains an experiment and records it in a folder: runs/<name of the configuration>, or the one that --run names.',
    )
    .argument('[section.key=value...]', 'overrides of the configuration, such as train.lr=3e-4')
    .option('--config <file>', 'configuration file, or the name of a preset', path('--config'))
    .option('--run <folder>', 'folder of the run', path('--run'))
    .option('--resume', 'go on from the newest intact checkpoint in the folder')
    .option('--overwrite', 'replace the run in the folder')
    .option('--seed <n>', 'the same as the override seed=<n>')
    .option(
      '--threads <n>',
      'threads to compute on; by default all cores, fewer for a small network; changes no bit',
      wholeNumber('--threads', 1, availableParallelism()),
    )
    .option('--chart', 'end with a chart of the accuracies (the default in a terminal)')
    .option('--no-chart', 'end without it')
    .option('--json', 'write events as JSON, one a line, instead of text')
    .addHelpText('after', examples)
    .action(async (overrides: string[], options) => {
      const { trainInFolder } = await import('../train/train-in-folder.ts');
      ends(await trainInFolder({ ...options, overrides }, host));
    });
};
