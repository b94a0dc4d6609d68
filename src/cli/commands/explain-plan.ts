/** `grokscope explain-plan`: what a training step is made of. */

import type { CommandDeclaration } from '../command.ts';
import { path } from '../option-values.ts';

const examples = `
Examples:
  grokscope explain-plan --config r1                     a preset by its name (see grokscope presets)
  grokscope explain-plan --config my.yaml model.layers=2 a file of yours, keys of it overridden
  grokscope explain-plan --config p53 --json             for programs

A value's formula names its operands: a parameter by its name, an earlier value as #3, what is left out as …
A product · sums over the axes that its result lacks, × goes element by element, W[token] looks up a row.
FLOPs count two for each multiply-add, one for each element of everything else; nothing is trained.`;

export const explainPlanCommand: CommandDeclaration = (program, host) => {
  program
    .command('explain-plan')
    .summary('say what a training step computes, and at what cost')
    .description(
      'Shows the network as written, the rules that make it cheaper, the stages of a step and its memory, without training.',
    )
    .argument('[section.key=value...]', 'overrides of the configuration, such as model.d_model=64')
    .option('--config <file>', 'configuration file, or the name of a preset', path('--config'))
    .option('--json', 'as JSON')
    .addHelpText('after', examples)
    .action(async (overrides: string[], options) => {
      const { explainPlan } = await import('../explain-plan/explain-plan.ts');
      explainPlan(overrides, options, host);
    });
};
