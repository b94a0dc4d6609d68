/** Arguments and options of the theory subcommands that look at a network. */

import type { Command } from 'commander';
import { path } from '../../option-values.ts';

/** Adds the configuration and overrides of it. */
export function declareNetwork(command: Command): Command {
  return command
    .argument('[section.key=value...]', 'overrides of the configuration, such as model.hidden_dim=40')
    .option(
      '--config <file>',
      'configuration or preset whose network and train examples are taken (default: addition modulo 5, 24 units)',
      path('--config'),
    );
}
