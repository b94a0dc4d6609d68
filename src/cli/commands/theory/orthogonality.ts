/** `grokscope theory orthogonality`: declares the subcommand. */

import { positive, wholeNumber } from '../../option-values.ts';
import { declareNetwork } from './network.ts';
import type { TheorySubcommand } from './subcommand.ts';

export const orthogonalitySubcommand: TheorySubcommand = {
  name: 'orthogonality',
  summary: 'how upright the gradient stands on the zero-loss set',
  description:
    'Moves a network away from a point of zero loss, ever less, and takes the cosine between the gradient of the loss and tangents of the zero-loss set at the nearest point, against the distance.',
  examples: [
    '  grokscope theory orthogonality                              a network of 24 units, in seconds',
    '  grokscope theory orthogonality model.activation=relu --seed 1',
    '  grokscope theory orthogonality --points 20 --tangents 64',
  ].join('\n'),
  seed: 'initial weights, split, displacements and tangents (default: of the configuration)',
  declare: (command) => {
    declareNetwork(command)
      .option('--points <n>', 'points at each displacement', wholeNumber('--points', 1), 6)
      .option('--tangents <n>', 'random tangents at each point', wholeNumber('--tangents', 1), 16)
      .option(
        '--rank_tolerance <x>',
        'share of the largest diagonal entry of R below which one counts as zero',
        positive('--rank_tolerance'),
        1e-10,
      );
  },
  run: async ([overrides], options) => {
    const { orthogonalityReport } = await import('../../theory/orthogonality.ts');
    const { config, seed, points, tangents, rank_tolerance } = options;
    return orthogonalityReport({ config, seed, overrides, points, tangents, rank_tolerance });
  },
};
