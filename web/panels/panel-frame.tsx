/** What stands around every picture: title, one sentence, formulas and downloads. */

import { momentNote } from './moment-note.ts';
import type { Panel, PanelProps } from './panel.ts';
import { PanelActions } from './panel-actions.tsx';

export function PanelFrame({ panel, run, view }: PanelProps & { panel: Panel }) {
  const refusal = panel.refusal(run);
  const title = `panel-${panel.name}`;
  return (
    <section class={panel.wide ? 'panel wide' : 'panel'} aria-labelledby={title}>
      <h3 id={title} tabIndex={-1}>
        {panel.title}
      </h3>
      {refusal === undefined ? (
        <>
          <panel.Picture run={run} view={view} />
          <p class="what-you-see">
            {panel.ofMoment === true && momentNote(run, view)}
            {panel.whatYouSee({ run, view })}
          </p>
          <PanelActions panel={panel} run={run} view={view} />
        </>
      ) : (
        <p class="refusal">{refusal}</p>
      )}
    </section>
  );
}
