/** Errors of the engine: the operation, what was needed, what came. `internal:` marks a bug of ours. */

export class EngineError extends Error {
  override name = 'EngineError';
}

/** Throws an EngineError that reads "operation: sentence". */
export function refuse(operation: string, sentence: string): never {
  throw new EngineError(`${operation}: ${sentence}`);
}

/** Throws for a broken invariant of the engine itself. */
export function bug(sentence: string): never {
  throw new EngineError(`internal: ${sentence}; this is a defect of grokscope, please report it`);
}
