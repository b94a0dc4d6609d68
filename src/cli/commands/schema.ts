/** `grokscope schema`: the JSON Schema of configuration files, for editors. */

import type { CommandDeclaration } from '../command.ts';
import { path } from '../option-values.ts';

const examples = `
Examples:
  grokscope schema                           on the terminal
  grokscope schema --out grokscope.json      in a file; editors complete and check a configuration that begins with
                                             # yaml-language-server: $schema=grokscope.json`;

export const schemaCommand: CommandDeclaration = (program, host) => {
  program
    .command('schema')
    .summary('print the JSON Schema of configurations')
    .description(
      'Prints the JSON Schema (draft 7) of configuration files: every key, its default and its reason.',
    )
    .option('--out <file>', 'write it to a file', path('--out'))
    .addHelpText('after', examples)
    .action(async ({ out }: { out?: string }) => {
      const { jsonSchema } = await import('../../config/index.ts');
      const text = `${JSON.stringify(jsonSchema(), null, 2)}\n`;
      if (out === undefined) {
        host.out.write(text);
        return;
      }
      const { writeOutput } = await import('../written-output.ts');
      writeOutput(out, text, 'name another file with --out');
      host.err.write(`Wrote ${out}\n`);
    });
};
