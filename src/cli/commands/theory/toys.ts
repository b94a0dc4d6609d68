/** `grokscope theory toys`: declares the subcommand. */

import { decays, oneOf, positive } from '../../option-values.ts';
import type { TheorySubcommand } from './subcommand.ts';

export const toysSubcommand: TheorySubcommand = {
  name: 'toys',
  summary: 'gradient flow in two or three weights, and its zero-loss set',
  description:
    'Follows gradient flow with weight decay in networks small enough to draw: to the zero-loss set, then along it to its shortest point. 1: a line; 2: a plane; 3: sets that are curved, cross or have kinks; 4: the angle of the gradient to a parabola.',
  examples: [
    '  grokscope theory toys                            all of them, in seconds',
    '  grokscope theory toys 1 --decay 0.5,0.05 --png',
    '  grokscope theory toys 4 --integrator rk4 --step 0.01',
  ].join('\n'),
  seed: 'draws the test pairs of toy 1 (default: 0)',
  declare: (command) => {
    command
      .argument('[toy]', '1, 2, 3, 4 or all', oneOf('the toy', ['1', '2', '3', '4', 'all']), 'all')
      .option('--decay <λ,…>', 'weight decays λ, comma-separated (default: of each toy)', decays('--decay'))
      .option(
        '--integrator <name>',
        'adaptive (Dormand–Prince, order 5) or rk4 (fixed steps, order 4)',
        oneOf('--integrator', ['adaptive', 'rk4']),
        'adaptive',
      )
      .option('--step <h>', 'longest step of rk4', positive('--step'), 0.01);
  },
  run: async ([toy], options) => {
    const { toys } = await import('../../theory/toys.ts');
    const { seed, decay, integrator, step } = options;
    return toys(toy, { seed, decay, integrator, step });
  },
};
