/**
 * Adjusted p-values of many tests, such that the chance of any false rejection stays below the level however they depend on
 * each other: S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 1979; with
 * hypotheses that exclude each other as J. Shaffer, Modified sequentially rejective multiple test procedures, JASA 81, 1986.
 */

/**
 * p-values in groups of which at most one null hypothesis each can be true; groups of one give Holm's procedure. The smallest
 * p-value is multiplied with the number of groups, each further one with the number of groups that still have a hypothesis not
 * rejected: so many can be true at most. In the order given; never above 1.
 */
export function holm(groups: readonly (readonly number[])[]): number[][] {
  const adjusted = groups.map((group) => group.map(() => 1));
  const open = groups.map((group) => group.length);
  const order = groups
    .flatMap((group, g) => group.map((p, member) => ({ p, g, member })))
    .sort((one, other) => one.p - other.p || one.g - other.g || one.member - other.member);
  let reached = 0;
  for (const { p, g, member } of order) {
    const possible = open.filter((left) => left > 0).length;
    reached = Math.min(1, Math.max(reached, possible * p));
    adjusted[g][member] = reached;
    open[g]--;
  }
  return adjusted;
}
