/** All panels of a run by subject; each can be closed and opened, and one that is closed costs nothing. */

import { RandomLabelsView } from '../nulls/random-labels-view.tsx';
import { panelGroups, panels } from '../panels/index.ts';
import type { PanelGroup } from '../panels/panel.ts';
import { PanelFrame } from '../panels/panel-frame.tsx';
import type { LabRun } from '../run/lab-run.ts';
import type { Lab } from '../state/lab.ts';
import { Guarded } from './failure.tsx';
import { openPanels, setPanelOpen } from './open-panels.ts';

export function PanelGrid({ lab, run }: { lab: Lab; run: LabRun }) {
  const shown = panelGroups.reduce((count, group) => count + openPanels(lab, group).length, 0);
  return (
    <>
      <details class="panel-choice">
        <summary>
          Panels: {shown} of {panels.length} shown
        </summary>
        {panelGroups.map((group) => (
          <fieldset key={group.name}>
            <legend>{group.title}</legend>
            {[...group.panels, ...group.further].map(({ name, title }) => (
              <label key={name}>
                <input
                  type="checkbox"
                  checked={openPanels(lab, group).some((panel) => panel.name === name)}
                  onChange={({ currentTarget }) => setPanelOpen(lab, name, currentTarget.checked)}
                />
                {title}
              </label>
            ))}
          </fieldset>
        ))}
      </details>
      {panelGroups.map((group) => (
        <Group key={group.name} lab={lab} run={run} group={group} />
      ))}
    </>
  );
}

/** The open panels of a subject, and the names of the closed ones, which a click opens. */
function Group({ lab, run, group }: { lab: Lab; run: LabRun; group: PanelGroup }) {
  const shown = openPanels(lab, group);
  const hidden = [...group.panels, ...group.further].filter((panel) => !shown.includes(panel));
  const title = `group-${group.name}`;
  return (
    <section class="panel-group" aria-labelledby={title}>
      <h2 id={title}>{group.title}</h2>
      {group.name === 'spectrum' && <RandomLabelsView run={run} />}
      <div class="panels">
        {shown.map((panel) => (
          <Guarded key={panel.name} what={panel.title}>
            <PanelFrame panel={panel} run={run} view={lab.view} />
          </Guarded>
        ))}
        {hidden.length > 0 && (
          <p class="closed-panels">
            <span>Also:</span>
            {hidden.map(({ name, title: words }) => (
              <button
                key={name}
                type="button"
                onClick={() => {
                  setPanelOpen(lab, name, true);
                  // The button is gone with that: the keyboard goes on at the panel.
                  requestAnimationFrame(() => document.getElementById(`panel-${name}`)?.focus());
                }}
              >
                {words}
              </button>
            ))}
          </p>
        )}
      </div>
    </section>
  );
}
