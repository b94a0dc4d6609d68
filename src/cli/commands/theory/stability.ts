/** `grokscope theory stability`: declares the subcommand. */

import { decays, positive } from '../../option-values.ts';
import { declareNetwork } from './network.ts';
import type { TheorySubcommand } from './subcommand.ts';

export const stabilitySubcommand: TheorySubcommand = {
  name: 'stability',
  summary: 'how far gradient flow strays from zero loss, for several λ',
  description:
    'Follows gradient flow with weight decay from a point of zero loss of a network, and takes the largest distance to the zero-loss set as a power of λ. The loss is the sum of squares over the train examples.',
  examples: [
    '  grokscope theory stability                                  a network of 24 units, in seconds',
    '  grokscope theory stability model.hidden_dim=40 --decay 0.03,0.01,0.003',
    '  grokscope theory stability --config FILE                    the network and examples of a configuration',
  ].join('\n'),
  seed: 'initial weights and split (default: of the configuration)',
  declare: (command) => {
    declareNetwork(command)
      .option(
        '--decay <λ,…>',
        'weight decays λ, comma-separated',
        decays('--decay'),
        [0.1, 0.03, 0.01, 0.003, 0.001],
      )
      .option('--horizon <x>', 'how long each is followed, in units of 1/λ', positive('--horizon'), 1)
      .option('--step <h>', 'fixed steps of order 4 of this length (default: adaptive)', positive('--step'));
  },
  run: async ([overrides], options, host) => {
    const { stabilityReport } = await import('../../theory/stability.ts');
    const { config, seed, decay, horizon, step } = options;
    return stabilityReport({ config, seed, overrides, decay, horizon, step }, host);
  },
};
