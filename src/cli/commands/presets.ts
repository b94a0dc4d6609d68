/** `grokscope presets`: the experiments that come with the package. */

import type { CommandDeclaration } from '../command.ts';

const examples = `
Examples:
  grokscope presets                     all of them: what will be seen, and how long it takes
  grokscope presets r1                  one of them, as YAML with its comments
  grokscope presets r1 > my.yaml        a start for an experiment of yours
  grokscope train --config r1           train it as it is`;

export const presetsCommand: CommandDeclaration = (program, host) => {
  program
    .command('presets')
    .summary('list the experiments to start from')
    .description('Lists the experiments that come with grokscope, or prints one of them.')
    .argument('[name]', 'print the YAML of this one')
    .option('--json', 'as JSON')
    .addHelpText('after', examples)
    .action(async (name: string | undefined, options: { json?: boolean }) => {
      const { presets } = await import('../presets.ts');
      presets(name, options, host);
    });
};
