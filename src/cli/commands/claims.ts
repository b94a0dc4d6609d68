/** `grokscope claims`: declares the command. */

import type { CommandDeclaration } from '../command.ts';
import { path } from '../option-values.ts';

const examples = `
Examples:
  grokscope claims                    every claim that was put to trial, with its verdict and effects
  grokscope claims --json             the same for programs
  grokscope claims --trials mine      trials of another folder`;

export const claimsCommand: CommandDeclaration = (program, host) => {
  program
    .command('claims')
    .summary('the ledger: claims of the field, their trials and verdicts')
    .description(
      'Prints each claim that was put to trial, with verdict, effects with intervals, seeds and date.',
    )
    .option('--trials <folder>', 'folder of the trials', path('--trials'), 'trials')
    .option('--json', 'one JSON object')
    .addHelpText('after', examples)
    .action(async (options) => {
      const { claims } = await import('../claims.ts');
      claims(options, host);
    });
};
