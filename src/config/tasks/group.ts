/** Task `group`: composition g∘h in a finite group, over all ordered pairs of its elements. */
import { z } from 'zod';
import { labelNoise, pairSplitKeys, trainFraction } from './keys.ts';
import { pairTask } from './pair-task.ts';

/** The families of groups that src/tasks/groups knows. */
export type GroupFamily = 'cyclic' | 'dihedral' | 'symmetric' | 'alternating';

/** Cn and Dn with n of up to three digits, S3 to S5, A4 and A5. */
export const groupPattern = /^(?:C(?:[2-9]|[1-9][0-9]{1,2})|D(?:[3-9]|[1-9][0-9]{1,2})|S[3-5]|A[45])$/;

/** What {@link groupPattern} admits, in words. */
export const groupNames =
  'a group: C2 to C999 (cyclic), D3 to D999 (dihedral), S3, S4, S5 (symmetric), A4 or A5 (alternating)';

const families: Record<string, GroupFamily> = {
  C: 'cyclic',
  D: 'dihedral',
  S: 'symmetric',
  A: 'alternating',
};

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

const orders: Record<GroupFamily, (n: number) => number> = {
  cyclic: (n) => n,
  dihedral: (n) => 2 * n,
  symmetric: factorial,
  alternating: (n) => factorial(n) / 2,
};

/**
 * Family, degree and order of a group by its name: D7 is the symmetries of a heptagon, of order 14.
 * @throws {RangeError} for a name that the configuration would refuse
 */
export function groupNamed(name: string): { family: GroupFamily; n: number; order: number } {
  if (!groupPattern.test(name)) throw new RangeError(`dataset.group must be ${groupNames}, got "${name}"`);
  const family = families[name.charAt(0)];
  const n = Number(name.slice(1));
  return { family, n, order: orders[family](n) };
}

const schema = z
  .strictObject({
    group: z
      .string()
      .regex(groupPattern)
      .default('S5')
      .describe(
        'Cn: cyclic of order n; Dn: dihedral of order 2n; Sn: symmetric; An: alternating. Default S5, the group of the grokking literature whose characters are no cosines.',
      ),
    train_fraction: trainFraction(
      'Share of the pairs (g, h) in the train pool. Default 0.5; S5 needs about that much.',
    ),
    ...pairSplitKeys,
    label_noise: labelNoise,
  })
  .meta({ title: 'dataset of task group', description: 'Composition in a finite group.' });

/** Composition in a group. */
export const group = pairTask(schema, {
  classes: (config) => groupNamed(config.group).order,
  pairs: (config) => ({ N: groupNamed(config.group).order, pairs: 'ordered' }),
  title: (config) => `composition in ${config.group}`,
  sizeKey: 'group',
});
