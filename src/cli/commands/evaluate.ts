/** `grokscope evaluate`: declares the command. */

import type { CommandDeclaration } from '../command.ts';
import { path, threshold, wholeNumber } from '../option-values.ts';

const examples = `
Examples:
  grokscope evaluate --run-dir runs/r1
  grokscope evaluate --run-dir runs/r1 --grok_threshold 0.99 --grok_patience 5
  grokscope evaluate --metrics metrics.csv    of any program, if it has the columns step, split, loss, accuracy
                                              or step, train_loss, train_accuracy, val_loss, val_accuracy

Prints num_points, last, best_val (highest val_accuracy, the latest of equals), memorized_step, grokked_step,
first_crossing_step and delay; null is what was not seen within the run.`;

export const evaluateCommand: CommandDeclaration = (program, host) => {
  program
    .command('evaluate')
    .summary('print what a run came to, as JSON')
    .description(
      'Prints one JSON object about a run: its last and best evaluation, and when it memorised and grokked.',
    )
    .option('--run-dir <folder>', 'folder of a run, finished or not', path('--run-dir'))
    .option('--metrics <file>', 'metrics as CSV, of any program', path('--metrics'))
    .option(
      '--memorize_threshold <x>',
      'train accuracy of a memorised run (default: of its configuration, else 0.99)',
      threshold('--memorize_threshold'),
    )
    .option(
      '--grok_threshold <x>',
      'held-out accuracy of a grokked run (default: of its configuration, else 0.95)',
      threshold('--grok_threshold'),
    )
    .option(
      '--grok_patience <n>',
      'evaluations it has to stay there (default: of its configuration, else 3)',
      wholeNumber('--grok_patience', 1),
    )
    .addHelpText('after', examples)
    .action(async (options) => {
      const { evaluate } = await import('../evaluate.ts');
      evaluate(options, host);
    });
};
