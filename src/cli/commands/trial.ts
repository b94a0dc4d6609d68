/** `grokscope trial`: declares its subcommands. */

import { availableParallelism } from 'node:os';
import type { CommandDeclaration } from '../command.ts';
import { path, wholeNumber } from '../option-values.ts';

const examples = `
Examples:
  grokscope trial run trials/weight-decay.yaml --seeds 3   a pilot: three pairs, its results kept apart
  grokscope trial run trials/weight-decay.yaml             every pair it states; go on with it by the same command
  grokscope trial status trials/weight-decay.yaml          how many runs are done, and how long the rest will take
  grokscope trial report trials/weight-decay.yaml          its report once more, from results.json alone

docs/trials.md teaches how to write one in ten lines.`;

const fileHelp = 'the YAML file of the trial';
const runsHelp = 'folder for the runs of trials';
const outHelp = 'folder of the results (default: results/<name> beside the file)';

export const trialCommand: CommandDeclaration = (program, host, ends) => {
  const trial = program
    .command('trial')
    .summary('put an explanation on trial: arms over paired seeds, judged by a rule')
    .description(
      'Runs the arms of a trial over paired seeds, and judges the claim by the rule that was fixed before.',
    )
    .addHelpText('after', examples);

  trial
    .command('run')
    .summary('compute the runs that are missing')
    .description(
      'Computes every run of a trial that is missing, several at a time. Ctrl-C or worse: the same command goes on.',
    )
    .argument('<file>', fileHelp, path('the trial'))
    .option(
      '--seeds <n>',
      'a pilot over so many seeds, its results kept apart',
      wholeNumber('--seeds', 1, 10_000),
    )
    .option(
      '--jobs <n>',
      'runs at a time (default: as many as cores and memory allow)',
      wholeNumber('--jobs', 1, 1024),
    )
    .option(
      '--threads <n>',
      'threads of each run; changes no bit',
      wholeNumber('--threads', 1, availableParallelism()),
    )
    .option('--runs <folder>', runsHelp, path('--runs'), 'runs/trials')
    .option('--out <folder>', outHelp, path('--out'))
    .option('--json', 'write events as JSON, one a line, instead of text')
    .action(async (file, options) => {
      const { runTrialCommand } = await import('../trial/run.ts');
      ends(await runTrialCommand(file, options, host));
    });

  trial
    .command('status')
    .summary('how many runs are done, running, missing')
    .description(
      'Says for each arm of a trial how many of its runs are finished, running, diverged and missing.',
    )
    .argument('<file>', fileHelp, path('the trial'))
    .option('--seeds <n>', 'of the pilot over so many seeds', wholeNumber('--seeds', 1, 10_000))
    .option('--runs <folder>', runsHelp, path('--runs'), 'runs/trials')
    .option('--out <folder>', outHelp, path('--out'))
    .option('--json', 'one JSON object')
    .action(async (file, options) => {
      const { trialStatus } = await import('../trial/status.ts');
      trialStatus(file, options, host);
    });

  trial
    .command('report')
    .summary('judge the results and write the report')
    .description(
      'Writes report.html and report.md beside the results of a trial, from results.json alone: the same bytes each time.',
    )
    .argument('<file>', fileHelp, path('the trial'))
    .option('--seeds <n>', 'of the pilot over so many seeds', wholeNumber('--seeds', 1, 10_000))
    .option('--runs <folder>', runsHelp, path('--runs'), 'runs/trials')
    .option('--out <folder>', outHelp, path('--out'))
    .option('--json', 'one JSON object')
    .action(async (file, options) => {
      const { trialReport } = await import('../trial/report.ts');
      trialReport(file, options, host);
    });
};
