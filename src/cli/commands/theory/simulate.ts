/** `grokscope theory simulate`: declares the subcommand. */

import { oneOf, path, positive, wholeNumber } from '../../option-values.ts';
import { positiveNumbers, ridge } from '../../theory/number-options.ts';
import type { TheorySubcommand } from './subcommand.ts';

export const simulateSubcommand: TheorySubcommand = {
  name: 'simulate',
  summary: 'the first layer alone, the last one solved: memorising is instant, understanding takes its time',
  description:
    'Simulates the isolated dynamics: at every moment the last layer is the best one for the first, which moves towards the smallest norm of both. ' +
    'Without --config it is the published setting: modulo 37, 512 hidden units, 70 % of the unordered pairs.',
  examples: [
    '  grokscope theory simulate dataset.N=17 model.hidden_dim=192 dataset.train_fraction=0.8 analytic_lr=0.01 analytic_steps=600',
    '  grokscope theory simulate                                 the published setting, 5,000 steps',
    '  grokscope theory simulate --ridge 0.01 --method rk4       not the limit λ → 0 but λ = 0.01',
    '  grokscope theory simulate --config mine.yaml --isolate hidden.0.W --ridge 0.05   any parameters of any network, the rest solved',
    '  grokscope theory simulate dataset.N=17 model.hidden_dim=192 dataset.train_fraction=0.8 model.init.type=uniform --steps 300 --step-size 0.01 --overlay 1,0.1,0.01',
    '  grokscope theory simulate --predict                       when do real runs grok? predicted against observed',
  ].join('\n'),
  threads: true,
  declare: (command) => {
    command
      .argument('[section.key=value...]', 'overrides of the configuration, such as dataset.N=11')
      .option('--config <file>', 'configuration file, or the name of a preset', path('--config'))
      .option('--seed <n>', 'the same as the override seed=<n>', wholeNumber('--seed', 0))
      .option('--steps <n>', 'the same as the override analytic_steps=<n>', wholeNumber('--steps', 1))
      .option(
        '--step-size <x>',
        'the same as analytic_lr=<x>: size of a step in τ = 2λt',
        positive('--step-size'),
      )
      .option('--method <name>', 'euler or rk4', oneOf('--method', ['euler', 'rk4']), 'euler')
      .option('--ridge <lambda>', 'λ of 𝓛 + λ‖θ‖²; 0 is its limit λ → 0', ridge('--ridge'), 0)
      .option(
        '--observe-every <n>',
        'steps between two observations (default: a hundredth of all)',
        wholeNumber('--observe-every', 1),
      )
      .option('--no-fourier', 'leave out norms and angles of frequencies')
      .option('--isolate <names>', 'parameters that move, comma-separated, the others solved by Newton steps')
      .option(
        '--overlay <lambdas>',
        'weight decays of real trainings to lay over it, comma-separated',
        positiveNumbers('--overlay'),
      )
      .option('--predict', 'predict when real runs grok over weight decays and train fractions, and compare')
      .option(
        '--lambdas <list>',
        'λ of --predict, comma-separated',
        positiveNumbers('--lambdas'),
        [0.3, 0.1, 0.03, 0.01],
      )
      .option(
        '--fractions <list>',
        'train fractions of --predict, comma-separated',
        positiveNumbers('--fractions'),
        [0.75, 0.8, 0.9],
      )
      .option('--seeds <n>', 'seeds of --predict', wholeNumber('--seeds', 2, 50), 5);
  },
  run: async (words, options, host) => {
    const { simulateCommand } = await import('../../theory/simulate/command.ts');
    return simulateCommand(words, options, host);
  },
};
