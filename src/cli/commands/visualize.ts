/** `grokscope visualize`: declares the command. */

import type { CommandDeclaration } from '../command.ts';
import { oneOf, path, threshold, wholeNumber } from '../option-values.ts';

const examples = `
Examples:
  grokscope visualize --run runs/r1
  grokscope visualize --run runs/r1 --output_dir figures --xscale linear --png
  grokscope visualize --run runs/r1 --report                     runs/r1/report.html too, a page with everything
  grokscope visualize --runs 'runs/r1-*' --output_dir figures    several runs, and time_to_generalization.svg

Writes <name>_loss_<xscale>.svg, <name>_accuracy_<xscale>.svg, <name>_spectral_<xscale>.svg and
<name>_spectrum_step<step>.svg where a spectrum was measured, and time_to_generalization.svg; <name> is the name of
the run's folder.`;

export const visualizeCommand: CommandDeclaration = (program, host) => {
  program
    .command('visualize')
    .summary('draw the curves of runs as SVG')
    .description(
      'Draws loss, accuracy and spectra over training steps, and when each run memorised and grokked.',
    )
    .option('--run <folder>', 'folder of a run, finished or not', path('--run'))
    .option('--runs <pattern...>', 'folders of several runs; * stands for any name, ** for any folders')
    .option(
      '--output_dir <folder>',
      "folder for the figures (default: the run's figures/, or figures/ for several)",
      path('--output_dir'),
    )
    .option('--xscale <scale>', 'axis of steps: linear or log', oneOf('--xscale', ['linear', 'log']), 'log')
    .option(
      '--grok_threshold <x>',
      'held-out accuracy of a grokked run (default: of the configurations, else 0.95)',
      threshold('--grok_threshold'),
    )
    .option(
      '--grok_patience <n>',
      'evaluations it has to stay there (default: of the configurations, else 3)',
      wholeNumber('--grok_patience', 1),
    )
    .option(
      '--snapshots <which>',
      'stored spectra to draw: all or last',
      oneOf('--snapshots', ['all', 'last']),
      'last',
    )
    .option('--report', "one page with figures, settings and how to repeat it: the run's report.html")
    .option('--png', 'PNG as well (needs the optional package @resvg/resvg-js)')
    .addHelpText('after', examples)
    .action(async (options) => {
      const { visualize } = await import('../visualize.ts');
      await visualize(options, host);
    });
};
