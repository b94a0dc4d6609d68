/** Errors as the person at the command line meets them: what is said of them, and the exit code. */

import { ConfigError } from '../config/error.ts';
import { EngineError } from '../engine/errors.ts';
import { RunError } from '../runs/run-error.ts';
import { TheoryError } from '../theory/refusal.ts';
import { DivergenceError } from '../training/divergence.ts';

export const EXIT = { done: 0, failed: 1, wrongUsage: 2, interrupted: 130 } as const;

/** A command or configuration that cannot work as it was given. The message is one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something that was foreseen and went wrong although the command was right. The message is one sentence. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
}

export interface Failure {
  /** For stderr, without a final line feed. */
  readonly text: string;
  readonly exitCode: number;
}

/** `debug`: with the stack of what we did not foresee. */
export function failureOf(error: unknown, debug: boolean): Failure {
  // Its text begins with file:line:column, where editors look for it.
  if (error instanceof ConfigError) return { text: error.message, exitCode: EXIT.wrongUsage };
  if (error instanceof UsageError) return said(error, EXIT.wrongUsage);
  if (error instanceof RunError) return said(error, error.code === 'io' ? EXIT.failed : EXIT.wrongUsage);
  if (error instanceof TheoryError) return said(error, EXIT.wrongUsage);
  if (error instanceof DivergenceError) return said(error, EXIT.wrongUsage);
  if (error instanceof CommandFailure) return said(error, EXIT.failed);
  if (error instanceof EngineError && !error.message.startsWith('internal:')) return said(error, EXIT.failed);
  const message = error instanceof Error ? error.message : String(error);
  if (!debug) {
    const text = `grokscope: internal error: ${message.replace(/^internal: /, '')} (this is a defect; GROKSCOPE_DEBUG=1 shows where)`;
    return { text, exitCode: EXIT.failed };
  }
  return {
    text: `grokscope: internal error: ${error instanceof Error ? error.stack : message}`,
    exitCode: EXIT.failed,
  };
}

function said(error: Error, exitCode: number): Failure {
  return { text: `grokscope: ${error.message}`, exitCode };
}
