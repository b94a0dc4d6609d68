/** Rewrites a graph to compute the same function with less work; applied before differentiation. */

import type { Expr } from '../expression.ts';
import { factor } from './factor.ts';
import { computeOnlyWhatIsRead } from './read-parts.ts';

/**
 * The same values from a cheaper graph: only the parts that are read are computed, and linear maps are moved through
 * sums, scalings and table lookups wherever that costs less.
 * @param examples how many examples a run has: what a value per example is weighed with
 */
export function economize(roots: readonly Expr[], examples: number): Expr[] {
  return factor(computeOnlyWhatIsRead(roots), examples).roots;
}
