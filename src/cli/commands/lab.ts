/** `grokscope lab`: declares the command; the server is loaded when it is run. */

import type { CommandDeclaration } from '../command.ts';
import { hostName, wholeNumber } from '../option-values.ts';

const examples = `
Examples:
  grokscope lab --open                 play with networks in the browser, and look at the runs in runs/
  grokscope lab results --port 8000    look at the runs of another folder, under another port
  grokscope lab --host 0.0.0.0         for others in the same network too, who can then read these runs

Reads, never writes. Ctrl-C ends it.`;

/** Registered for nothing that people use. */
export const DEFAULT_PORT = 4747;

export const labCommand: CommandDeclaration = (program, host) => {
  program
    .command('lab')
    .summary('play, and look at runs, in the browser')
    .description(
      'Serves the lab, a page that trains networks in the browser and shows the runs and trial reports of a folder, to this machine.',
    )
    .argument('[runs-dir]', 'folder of runs (default: runs)')
    .option(
      '--port <n>',
      `port; the next free one when it is taken (default: ${DEFAULT_PORT})`,
      wholeNumber('--port', 0, 65_535),
    )
    .option(
      '--host <name>',
      'name or address to listen on (default: 127.0.0.1, this machine only)',
      hostName('--host'),
    )
    .option(
      '--results <folder>',
      'folder of trial reports, listed with those among the runs (default: trials/results, where it is)',
    )
    .option('--open', 'open it in the browser')
    .addHelpText('after', examples)
    .action(async (runsDir: string | undefined, options) => {
      const { lab } = await import('../lab/lab.ts');
      await lab({ port: DEFAULT_PORT, ...options, runsDir }, host);
    });
};
