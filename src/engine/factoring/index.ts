/** Rewrites a graph to compute the same function with less work; applied before differentiation. */

import type { Expr } from '../expression.ts';
import { simplify } from '../plan/simplify.ts';
import { factor } from './factor.ts';
import { computeOnlyWhatIsRead } from './read-parts.ts';

/**
 * The same values from a cheaper graph: only the parts that are read are computed, and linear maps are moved through
 * sums, scalings and table lookups wherever that costs less.
 * @param examples how many examples a run has: what a value per example is weighed with
 */
export function economize(roots: readonly Expr[], examples: number): Expr[] {
  const { roots: factored } = factor(computeOnlyWhatIsRead(roots), examples);
  // Equal tables become one, so that a table read twice has one gradient, and what precedes it is differentiated once.
  const same = simplify(factored);
  return factored.map((root) => same.get(root) as Expr);
}
