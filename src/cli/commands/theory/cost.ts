/** `grokscope theory cost`: declares the subcommand. */

import { positive, wholeNumber } from '../../option-values.ts';
import type { TheorySubcommand } from './subcommand.ts';

export const costSubcommand: TheorySubcommand = {
  name: 'cost',
  summary: 'what it costs to memorise and to grok, and what early stopping would have lost',
  description:
    'Sums steps, FLOPs, seconds and estimated energy of finished runs, up to where they memorised and where they grokked, and says ' +
    'where early stopping on validation would have ended them.',
  examples: `  grokscope theory cost runs/p53
  grokscope theory cost 'runs/p53-*' --patience 20
  grokscope theory cost runs/trials/weight-decay         all runs below a folder, such as those of a trial
  grokscope theory cost runs/p53 --watts 65              energy from the power that you measured`,
  declare: (command) => {
    command
      .argument('<runs...>', 'folders of runs, patterns of them, or folders with runs below them')
      .option(
        '--watts <w>',
        'power while training, in W, of which energy is estimated (default: 12 for each thread)',
        positive('--watts'),
      )
      .option(
        '--joules-per-flop <j>',
        'estimate energy from FLOPs instead, in J for each',
        positive('--joules-per-flop'),
      )
      .option(
        '--patience <n>',
        'evaluations without a new best that end training',
        wholeNumber('--patience', 1),
        10,
      );
  },
  run: async (words, options) => {
    const { cost } = await import('../../theory/cost.ts');
    return cost(words.flat(), options as Parameters<typeof cost>[1]);
  },
};
