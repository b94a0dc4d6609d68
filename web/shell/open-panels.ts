/** Which panels are open: all of a group but its further ones, unless the reader, the tour or the address says otherwise. */

import { panelGroups, shownPanels } from '../panels/index.ts';
import type { Panel, PanelGroup } from '../panels/panel.ts';
import type { Lab } from '../state/lab.ts';

/** The two lists that the address has. */
type Lists = Pick<Lab, 'closed' | 'open'>;

/** The open panels of a group. Reads signals. */
export function openPanels({ closed, open }: Lists, group: PanelGroup): Panel[] {
  return shownPanels(group, closed.value, open.value);
}

/** Opens or closes a panel; one that is as it should be is left alone, as are names of none. */
export function setPanelOpen(lab: Lists, name: string, open: boolean): void {
  const has = (panels: readonly Panel[]) => panels.some((panel) => panel.name === name);
  const group = panelGroups.find(({ panels, further }) => has(panels) || has(further));
  if (group === undefined || openPanels(lab, group).some((panel) => panel.name === name) === open) return;
  const isFurther = has(group.further);
  const names = isFurther ? lab.open : lab.closed;
  const others = names.value.filter((one) => one !== name);
  names.value = open === isFurther ? [...others, name] : others;
}
