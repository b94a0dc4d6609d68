/** `grokscope doctor`: what this machine gives the engine. */

import type { CommandDeclaration } from '../command.ts';

const examples = `
Examples:
  grokscope doctor
  grokscope doctor --json

The kernels are fused where this Node has relaxed SIMD and its multiply-add rounds once, and emulate that exactly
(slower, the same bits) where not.`;

export const doctorCommand: CommandDeclaration = (program, host) => {
  program
    .command('doctor')
    .summary('say what this machine can do')
    .description('Tests the kernels on this machine, and says which of them run and why.')
    .option('--json', 'as JSON')
    .addHelpText('after', examples)
    .action(async (options: { json?: boolean }) => {
      const { doctor } = await import('../doctor.ts');
      await doctor(options, host);
    });
};
