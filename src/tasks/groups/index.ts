/** The groups by their names in the configuration. */
import { type GroupFamily, groupNamed } from '../../config/tasks/group.ts';
import { alternatingGroup } from './alternating.ts';
import { cyclicGroup } from './cyclic.ts';
import { dihedralGroup } from './dihedral.ts';
import type { FiniteGroup } from './finite_group.ts';
import { symmetricGroup } from './symmetric.ts';

export type { Character, FiniteGroup } from './finite_group.ts';

const families: Record<GroupFamily, (n: number) => FiniteGroup> = {
  cyclic: cyclicGroup,
  dihedral: dihedralGroup,
  symmetric: symmetricGroup,
  alternating: alternatingGroup,
};

/**
 * The group of a name, e.g. S5 or D7.
 * @throws {RangeError} for a name that the configuration would refuse
 */
export function groupOf(name: string): FiniteGroup {
  const { family, n } = groupNamed(name);
  return families[family](n);
}
