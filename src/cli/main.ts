#!/usr/bin/env node
/** The command `grokscope`. An old Node gets a sentence before it meets anything that it cannot read. */

import { nodeVersionProblem } from './node-version.ts';

const problem = nodeVersionProblem(process.version);
if (problem !== undefined) {
  console.error(problem);
  process.exitCode = 2;
} else {
  const { processHost } = await import('./host.ts');
  const { runCommand } = await import('./program.ts');
  process.exitCode = await runCommand(processHost());
}
