/** `grokscope schema`: the JSON Schema of configuration files and of trials, for editors. */

import type { CommandDeclaration } from '../command.ts';
import { oneOf, path } from '../option-values.ts';

const examples = `
Examples:
  grokscope schema                           on the terminal
  grokscope schema --out grokscope.json      in a file; editors complete and check a configuration that begins with
                                             # yaml-language-server: $schema=grokscope.json
  grokscope schema trial --out trial.json    the same for the files of trials`;

export const schemaCommand: CommandDeclaration = (program, host) => {
  program
    .command('schema')
    .summary('print the JSON Schema of configurations or trials')
    .description(
      'Prints the JSON Schema (draft 7) of configuration files: every key, its default and its reason.',
    )
    .argument('[of]', 'experiment (the default) or trial', oneOf('schema', ['experiment', 'trial']))
    .option('--out <file>', 'write it to a file', path('--out'))
    .addHelpText('after', examples)
    .action(async (of: 'experiment' | 'trial' | undefined, { out }: { out?: string }) => {
      const text = `${JSON.stringify(await schemaOf(of), null, 2)}\n`;
      if (out === undefined) {
        host.out.write(text);
        return;
      }
      const { writeOutput } = await import('../written-output.ts');
      writeOutput(out, text, 'name another file with --out');
      host.err.write(`Wrote ${out}\n`);
    });
};

async function schemaOf(of: 'experiment' | 'trial' | undefined): Promise<object> {
  if (of === 'trial') return (await import('../../trials/trial-schema.ts')).trialSchema();
  return (await import('../../config/index.ts')).jsonSchema();
}
