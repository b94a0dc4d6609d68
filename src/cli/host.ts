/** What a command sees of the world around it, as an interface, so that tests can run commands inside their process. */

import { relative } from 'node:path';
import type { FileSystem } from '../runs/file-system.ts';
import { quoted } from './quoted.ts';

/** One of the two streams a command writes to. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Width in characters as it is now; 80 where nobody knows. */
  columns(): number;
  /** Calls back whenever the width changes, until the function it returns is called. */
  onResize(listener: () => void): () => void;
}

export interface Host {
  readonly out: Output;
  readonly err: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How the program was started, for commands that a person may copy: `grokscope`, `npx grokscope`, … */
  readonly command: string;
  /** The words after it. */
  readonly words: readonly string[];
  /** Calls back at each Ctrl-C or request to end, until the function it returns is called. */
  onInterrupt(listener: () => void): () => void;
  /** Where runs are written; tests give one that fails. Default: the real one. */
  readonly disk?: FileSystem;
  /** Ends the process at once. */
  exit(code: number): void;
}

function streamOutput(stream: NodeJS.WriteStream): Output {
  // A reader that went away (`grokscope train … | head`) must not take the run with it.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    write: (text) => {
      stream.write(text);
    },
    isTerminal: stream.isTTY === true && process.env.TERM !== 'dumb',
    columns: () => stream.columns || 80,
    onResize: (listener) => {
      stream.on('resize', listener);
      return () => stream.off('resize', listener);
    },
  };
}

/** This process. */
export function processHost(): Host {
  return {
    out: streamOutput(process.stdout),
    err: streamOutput(process.stderr),
    env: process.env,
    command: startedAs(process.argv[1] ?? '', process.cwd()),
    words: process.argv.slice(2),
    onInterrupt: (listener) => {
      process.on('SIGINT', listener);
      process.on('SIGTERM', listener);
      return () => {
        process.off('SIGINT', listener);
        process.off('SIGTERM', listener);
      };
    },
    exit: (code) => process.exit(code),
  };
}

/** `script` is the path that Node was given: the link of an installed package, or the file in a clone. */
export function startedAs(script: string, folder: string): string {
  if (!/\bmain\.(js|ts)$/.test(script))
    return /node_modules[\\/]\.bin/.test(script) ? 'npx grokscope' : 'grokscope';
  return script.includes('node_modules') ? 'npx grokscope' : `node ${quoted(relative(folder, script))}`;
}

/** Whether to write colours to an output: as https://no-color.org and FORCE_COLOR say, else on terminals only. */
export function wantsColor(output: Output, env: Host['env']): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0';
  return output.isTerminal;
}

/** Whether an environment asks for characters beyond ASCII to be avoided: a locale without UTF-8, a bare console. */
export function wantsAscii(env: Host['env']): boolean {
  if (env.TERM === 'linux') return true;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return locale !== undefined && locale !== '' && !/utf-?8/i.test(locale);
}
