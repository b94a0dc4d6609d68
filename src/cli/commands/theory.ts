/** `grokscope theory`: declares the command and, from a list, its subcommands with the options they share. */

import type { CommandDeclaration } from '../command.ts';
import { path, wholeNumber } from '../option-values.ts';
import { costSubcommand } from './theory/cost.ts';
import { directionSubcommand } from './theory/direction.ts';
import { orthogonalitySubcommand } from './theory/orthogonality.ts';
import { simulateSubcommand } from './theory/simulate.ts';
import { stabilitySubcommand } from './theory/stability.ts';
import type { TheorySubcommand } from './theory/subcommand.ts';
import { toysSubcommand } from './theory/toys.ts';

/** In reading order: each needs the words of those before it. */
const subcommands: readonly TheorySubcommand[] = [
  toysSubcommand,
  stabilitySubcommand,
  orthogonalitySubcommand,
  directionSubcommand,
  simulateSubcommand,
  costSubcommand,
];

const examples = `
Examples:
  grokscope theory toys                  two weights slide along a line to the smallest norm
  grokscope theory stability             how near the slide stays to zero loss
  grokscope theory orthogonality         why: the gradient stands upright on the zero-loss set
  grokscope theory direction             does training go where the theory says?
  grokscope theory simulate              the first layer of a network alone, the last one solved
  grokscope theory cost runs/p53         what it costs to memorise and to grok

Each prints its numbers and writes figures (SVG) and the data behind them (CSV). docs/theory.md explains them in order.`;

export const theoryCommand: CommandDeclaration = (program, host) => {
  const theory = program
    .command('theory')
    .summary('norm minimisation on the zero-loss manifold, made runnable')
    .description(
      'Computes and draws what weight decay does after memorising: it slides along the zero-loss set towards smaller norm (Musat, arXiv:2511.01938).',
    )
    .addHelpText('after', examples);
  for (const { name, summary, description, examples, declare, seed, threads, run } of subcommands) {
    const command = theory
      .command(name)
      .summary(summary)
      .description(description)
      .addHelpText('after', `\nExamples:\n${examples}`);
    declare?.(command);
    command.option('--out <folder>', 'folder for figures and data', path('--out'), `runs/theory/${name}`);
    if (seed) command.option('--seed <n>', seed, wholeNumber('--seed', 0));
    if (threads) {
      command.option(
        '--threads <n>',
        'threads to compute on (default: all cores)',
        wholeNumber('--threads', 1),
      );
    }
    command
      .option('--png', 'figures as PNG as well (needs the optional package @resvg/resvg-js)')
      .option('--json', 'print the numbers as JSON')
      .action(async () => {
        const options = command.opts();
        const report = await run(command.processedArgs, options, host);
        const { presentReport } = await import('../theory/presentation.ts');
        const { out, png, json } = options;
        await presentReport(name, report, { out, png, json }, host);
      });
  }
};
