/** What a file in commands/ exports: it adds one command to the program, and loads what that needs when it is run. */

import type { Command } from 'commander';
import type { Host } from './host.ts';

/** `ends` takes the exit code where that is not 0. */
export type CommandDeclaration = (program: Command, host: Host, ends: (exitCode: number) => void) => void;
