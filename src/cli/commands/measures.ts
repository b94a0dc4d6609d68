/** `grokscope measures`: declares the command. */

import type { CommandDeclaration } from '../command.ts';

const examples = `
Examples:
  grokscope measures           every measure with its formula, its null and its cost
  grokscope measures --json    the same for programs`;

export const measuresCommand: CommandDeclaration = (program, host) => {
  program
    .command('measures')
    .summary('list the measures')
    .description(
      'Lists the measures: what each says, its formula, columns with units, its null and what it costs.',
    )
    .option('--json', 'one JSON object')
    .addHelpText('after', examples)
    .action(async (options) => {
      const { listMeasures } = await import('../measures.ts');
      listMeasures(options, host);
    });
};
