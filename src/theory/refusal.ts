/** Input that theory cannot work with, and computations that left what it promises. */

/** The message is one sentence: what was needed, what came, what to do. */
export class TheoryError extends Error {
  override readonly name: string = 'TheoryError';
}
