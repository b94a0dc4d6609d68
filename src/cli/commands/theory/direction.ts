/** `grokscope theory direction`: declares the subcommand. */

import { numberFrom, oneOf, path, positive, wholeNumber } from '../../option-values.ts';
import type { TheorySubcommand } from './subcommand.ts';

export const directionSubcommand: TheorySubcommand = {
  name: 'direction',
  summary: 'does training go where the theory says? updates against the projected −θ',
  description:
    "Compares training's updates Δθ with g̃ = (I − J⁺J)(−θ), the way towards smaller norm that leaves the outputs on the train examples " +
    'as they are: the network of the paper (figure 5), an experiment of yours, or a finished run from its checkpoints on.',
  examples: `  grokscope theory direction                             as in the paper: p 11, 20,000 steps, ten seconds
  grokscope theory direction --seeds 5                   five initial weights and splits, mean and spread
  grokscope theory direction --activation gelu           without the kinks of relu
  grokscope theory direction --config my.yaml train.loss=mse
  grokscope theory direction --run runs/p53 --checkpoints last`,
  declare: (command) => {
    command
      .argument('[section.key=value...]', 'overrides of the configuration, with --config')
      .option(
        '--config <file>',
        'experiment to train instead: a file, or the name of a preset',
        path('--config'),
      )
      .option('--run <folder>', 'go on from the checkpoints of this run instead', path('--run'))
      .option('--checkpoints <steps>', 'of --run: steps separated by commas, all, or last (default: all)')
      .option('--seeds <n>', 'how many seeds (default: 1)', wholeNumber('--seeds', 1))
      .option(
        '--seed <n>',
        'the first seed (default: 0, or that of the configuration)',
        wholeNumber('--seed', 0),
      )
      .option(
        '--lambda <λ>',
        'weight decay of the network of the paper (default: 1e-4)',
        numberFrom('--lambda', 0),
      )
      .option(
        '--activation <name>',
        'of the network of the paper: relu, gelu or quadratic (default: relu)',
        oneOf('--activation', ['relu', 'gelu', 'quadratic']),
      )
      .option(
        '--steps <n>',
        'steps to train (default: 20,000, or those of the configuration)',
        wholeNumber('--steps', 1),
      )
      .option(
        '--every <n>',
        'steps from one comparison to the next (default: a twentieth of them)',
        wholeNumber('--every', 1),
      )
      .option('--window <n>', 'steps that an update is taken over', wholeNumber('--window', 1), 10)
      .option(
        '--approach <n>',
        'momentum steps towards zero loss before J is taken (default: 100 with mse, else 0)',
        wholeNumber('--approach', 0),
      )
      .option(
        '--approach-rate <rate>',
        'their learning rate (default: that of training with sgd, else 1)',
        positive('--approach-rate'),
      )
      .option(
        '--method <name>',
        'exact: factorise JJᵀ; cg: conjugate gradients; auto: by size',
        oneOf('--method', ['auto', 'exact', 'cg']),
        'auto',
      )
      .option('--tolerance <t>', 'residual at which conjugate gradients end', positive('--tolerance'), 1e-10)
      .option('--iterations <n>', 'the most of them', wholeNumber('--iterations', 1), 2000);
  },
  threads: true,
  run: async (words, options, host) => {
    const { direction } = await import('../../theory/direction.ts');
    return direction(words.flat(), options, host);
  },
};
