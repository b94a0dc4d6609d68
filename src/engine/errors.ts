/** Errors of the engine: the operation, what was needed, what came. `internal:` marks a bug of ours. */

export class EngineError extends Error {
  override name = 'EngineError';
}

/** A thread failed or was lost at its work: what the machine holds is incomplete, and it runs nothing any more. */
export class ThreadError extends EngineError {
  override name = 'ThreadError';
  /** What happened, without what to do. */
  readonly fault: string;

  constructor(fault: string) {
    super(`${fault}; restore a saved state on another machine`);
    this.fault = fault;
  }
}

/** Throws an EngineError that reads "operation: sentence". */
export function refuse(operation: string, sentence: string): never {
  throw new EngineError(`${operation}: ${sentence}`);
}

/** Throws for a broken invariant of the engine itself. */
export function bug(sentence: string): never {
  throw new EngineError(`internal: ${sentence}; this is a defect of grokscope, please report it`);
}
