/** The command line as a whole: its commands, and how their ends and errors become exit codes. */

import { Command, CommanderError } from 'commander';
import type { CommandDeclaration } from './command.ts';
import { claimsCommand } from './commands/claims.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { explainPlanCommand } from './commands/explain-plan.ts';
import { labCommand } from './commands/lab.ts';
import { measureCommand } from './commands/measure.ts';
import { measuresCommand } from './commands/measures.ts';
import { presetsCommand } from './commands/presets.ts';
import { schemaCommand } from './commands/schema.ts';
import { theoryCommand } from './commands/theory.ts';
import { trainCommand } from './commands/train.ts';
import { trialCommand } from './commands/trial.ts';
import { visualizeCommand } from './commands/visualize.ts';
import { EXIT, failureOf } from './failure.ts';
import type { Host } from './host.ts';
import { packageVersion } from './version.ts';

/** In the order in which a newcomer meets them. */
const declarations: readonly CommandDeclaration[] = [
  trainCommand,
  evaluateCommand,
  visualizeCommand,
  measureCommand,
  measuresCommand,
  trialCommand,
  claimsCommand,
  theoryCommand,
  labCommand,
  presetsCommand,
  schemaCommand,
  explainPlanCommand,
  doctorCommand,
];

/**
 * Runs the command that the host's words name.
 * @returns its exit code: 0 done, 1 failed, 2 wrong usage or configuration, 130 interrupted after a checkpoint
 */
export async function runCommand(host: Host): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = new Command('grokscope')
    .description(
      'Trains small networks until they understand. The same experiment gives the same bits everywhere.',
    )
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .configureOutput({
      writeOut: (text) => host.out.write(text),
      writeErr: (text) => host.err.write(text),
      getOutHelpWidth: () => Math.min(host.out.columns(), 100),
      getErrHelpWidth: () => Math.min(host.err.columns(), 100),
      // Said below, in one sentence.
      outputError: () => {},
    })
    .exitOverride()
    .addHelpText('after', programExamples);
  const ends = (code: number) => {
    exitCode = code;
  };
  for (const declare of declarations) declare(program, host, ends);
  try {
    await program.parseAsync([...host.words], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return afterParsing(error, host);
    const failure = failureOf(error, Boolean(host.env.GROKSCOPE_DEBUG));
    host.err.write(`${failure.text}\n`);
    return failure.exitCode;
  }
}

const programExamples = `
Examples:
  grokscope train --config r1                  a network that memorises, then understands, in seconds
  grokscope visualize --run runs/r1            its curves as SVG
  grokscope evaluate --run-dir runs/r1         its milestones as JSON
  grokscope presets                            more experiments to start from

Every command has its own --help. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration,
130 interrupted after a checkpoint.`;

/** Commander ends help and version as errors too; what is left is a command line that it did not understand. */
function afterParsing(error: CommanderError, host: Host): number {
  if (error.exitCode === 0) return EXIT.done;
  // Without any command it has printed the help already.
  if (error.code !== 'commander.help') host.err.write(`grokscope: ${usageSentence(error.message)}\n`);
  return EXIT.wrongUsage;
}

/** `error: unknown option '--rnu'\n(Did you mean --run?)` in one line. */
export function usageSentence(message: string): string {
  const [what, suggestion] = message.replace(/^error: /, '').split('\n');
  const advice = suggestion?.replace(/^\(Did you mean (.*)\?\)$/s, 'did you mean $1?');
  return `${what.replace(/\.$/, '')}; ${advice ?? 'see --help'}`;
}
