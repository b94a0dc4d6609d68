/** What stands around every picture: title, one sentence, formulas and downloads. */

import type { RefObject } from 'preact';
import type { LabRun } from '../run/lab-run.ts';
import { useDrawnInTurn } from './in-turn.tsx';
import { momentNote } from './moment-note.ts';
import type { Panel, PanelProps } from './panel.ts';
import { PanelActions } from './panel-actions.tsx';

export function PanelFrame(props: PanelProps & { panel: Panel }) {
  const isBusy = () => isTraining(props.run) || props.view.compared.peek().some(({ run }) => isTraining(run));
  return <>{useDrawnInTurn(isBusy, (place) => drawnFrame(props, place))}</>;
}

function isTraining({ status }: LabRun): boolean {
  return status.peek().kind === 'running';
}

function drawnFrame(
  { panel, run, view }: PanelProps & { panel: Panel },
  place: RefObject<HTMLElement | null>,
) {
  const refusal = panel.refusal(run);
  const title = `panel-${panel.name}`;
  // A refusal is a line, which would leave half a row empty beside a picture.
  const size = panel.wide || refusal !== undefined ? ' wide' : panel.tall ? ' tall' : '';
  return (
    <section ref={place} class={`panel${size}`} aria-labelledby={title}>
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
