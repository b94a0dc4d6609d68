import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { panelGroups, panels } from '../panels/index.ts';
import { openPanels, setPanelOpen } from './open-panels.ts';

const lists = () => ({ closed: signal<readonly string[]>([]), open: signal<readonly string[]>([]) });
const shown = (lab: ReturnType<typeof lists>) =>
  panelGroups.flatMap((group) => openPanels(lab, group).map(({ name }) => name));

test('any panel can be opened and closed, again and again, and the lists say what differs from the beginning', () => {
  for (const { name } of panels) {
    const lab = lists();
    const before = shown(lab);
    const wasOpen = before.includes(name);
    setPanelOpen(lab, name, !wasOpen);
    setPanelOpen(lab, name, !wasOpen);
    expect(shown(lab).includes(name)).toBe(!wasOpen);
    expect([lab.closed.value, lab.open.value]).toEqual(wasOpen ? [[name], []] : [[], [name]]);
    setPanelOpen(lab, name, wasOpen);
    expect(shown(lab)).toEqual(before);
    expect([lab.closed.value, lab.open.value]).toEqual([[], []]);
  }
});

test('a link that closes a panel leaves the others as they are at first', () => {
  const lab = lists();
  const before = shown(lab);
  lab.closed.value = ['phases'];
  expect(shown(lab)).toEqual(before.filter((name) => name !== 'phases'));
  setPanelOpen(lab, 'no-such-panel', true);
  expect(lab.open.value).toEqual([]);
});
