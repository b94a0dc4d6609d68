/** `grokscope doctor`: what this machine gives the engine. */

import type { CommandDeclaration } from '../command.ts';

const examples = `
Examples:
  grokscope doctor
  grokscope doctor --json

The kernels are fused where this Node has relaxed SIMD and its multiply-add rounds once, and emulate that exactly
(slower, the same bits) where not. Node 24 to 26 can join their vectors to 256 bits; a self-test of every kernel
decides whether they do. Then each kernel is timed on one core, beside what the processor can do at most.`;

export const doctorCommand: CommandDeclaration = (program, host) => {
  program
    .command('doctor')
    .summary('say what this machine can do')
    .description('Tests the kernels on this machine, says which of them run and why, and how fast they are.')
    .option('--json', 'as JSON')
    .addHelpText('after', examples)
    .action(async (options: { json?: boolean }) => {
      const { doctor } = await import('../doctor.ts');
      await doctor(options, host);
    });
};
