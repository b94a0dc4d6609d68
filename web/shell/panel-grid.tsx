/** All panels of a run; each can be closed and opened again. */

import { panels } from '../panels/index.ts';
import { PanelFrame } from '../panels/panel-frame.tsx';
import type { LabRun } from '../run/lab-run.ts';
import type { Lab } from '../state/lab.ts';
import { Guarded } from './failure.tsx';

export function PanelGrid({ lab, run }: { lab: Lab; run: LabRun }) {
  const closed = lab.closed.value;
  const setOpen = (name: string, open: boolean) => {
    lab.closed.value = open ? closed.filter((one) => one !== name) : [...closed, name];
  };
  return (
    <>
      <details class="panel-choice">
        <summary>
          Panels: {panels.filter(({ name }) => !closed.includes(name)).length} of {panels.length} shown
        </summary>
        {panels.map(({ name, title }) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={!closed.includes(name)}
              onChange={({ currentTarget }) => setOpen(name, currentTarget.checked)}
            />
            {title}
          </label>
        ))}
      </details>
      <div class="panels">
        {panels
          .filter(({ name }) => !closed.includes(name))
          .map((panel) => (
            <Guarded key={panel.name} what={panel.title}>
              <PanelFrame panel={panel} run={run} view={lab.view} />
            </Guarded>
          ))}
      </div>
    </>
  );
}
