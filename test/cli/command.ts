/** Runs a command of `grokscope` inside the test's process, and keeps what it writes. */

import type { Host, Output } from '../../src/cli/host.ts';
import { runCommand } from '../../src/cli/program.ts';
import type { FileSystem } from '../../src/runs/index.ts';

export interface Surroundings {
  /** Columns of the terminal; without it the output is a pipe. */
  readonly terminal?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with the text written to stdout so far, after every write; what it returns true for first is Ctrl-C. */
  readonly interruptWhen?: (out: string) => boolean;
  /** How often Ctrl-C is pressed then. Default once. */
  readonly presses?: number;
  readonly disk?: FileSystem;
}

export interface Ended {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** A command asked for its process to end at once, which must not happen to the one that runs the tests. */
class ExitedAtOnce extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`exit code ${exitCode}`);
    this.exitCode = exitCode;
  }
}

export async function grokscope(words: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  const { terminal, env = {}, interruptWhen, presses = 1, disk } = surroundings;
  const texts = { out: '', err: '' };
  const interruptions = new Set<() => void>();
  let interrupted = false;
  const output = (name: 'out' | 'err'): Output => ({
    write: (text) => {
      texts[name] += text;
      if (!interrupted && interruptWhen?.(texts.out)) {
        interrupted = true;
        for (let press = 0; press < presses; press++) for (const listener of interruptions) listener();
      }
    },
    isTerminal: terminal !== undefined,
    columns: () => terminal ?? 80,
    onResize: () => () => {},
  });
  const host: Host = {
    out: output('out'),
    err: output('err'),
    env,
    command: 'grokscope',
    words,
    disk,
    onInterrupt: (listener) => {
      interruptions.add(listener);
      return () => interruptions.delete(listener);
    },
    exit: (code) => {
      throw new ExitedAtOnce(code);
    },
  };
  const exitCode = await runCommand(host);
  return { exitCode, ...texts };
}

/** The JSON objects of an output with one a line. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
