/** The two one-sided p-values of a test, from which every decision of a trial is made. */
export interface Tails {
  /** Small where the data lie below the tested effect: of the null that the effect is at least that large. */
  readonly less: number;
  /** Small where the data lie above it: of the null that the effect is at most that large. */
  readonly greater: number;
}

/** Two-sided p: twice the smaller tail, at most 1. */
export function twoSided({ less, greater }: Tails): number {
  return Math.min(1, 2 * Math.min(less, greater));
}

/** Rejects only what both tests reject: a level that holds for either holds for this. */
export function bothReject(one: Tails, other: Tails): Tails {
  return { less: Math.max(one.less, other.less), greater: Math.max(one.greater, other.greater) };
}
