/** `grokscope theory toys`: declares the subcommand. */

import type { TheorySubcommand } from './subcommand.ts';

export const toysSubcommand: TheorySubcommand = {
  name: 'toys',
  summary: 'gradient flow in two or three weights',
  description:
    'Follows gradient flow with weight decay in networks small enough to draw, and their zero-loss sets.',
  examples: '  grokscope theory toys\n  grokscope theory toys 1 --png',
  declare: (command) => {
    command.argument('[toy]', '1, 2, 3, 4 or all', 'all');
  },
  run: async () => ({ tables: [], figures: new Map(), data: new Map() }),
};
