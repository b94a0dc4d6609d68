/** The runs of the folder that `grokscope lab` serves: each can be opened, and runs from elsewhere. */

import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { RunOutline } from '../../src/cli/lab/served-runs.ts';
import type { Lab } from '../state/lab.ts';
import { OpenFiles } from './open-files.tsx';
import { openAddressedRun, openRun } from './opened-run.ts';
import { filtered, outlineWords, RunsList } from './runs-list.ts';
import { RunsServer } from './runs-server.ts';
import './runs-view.css';

/** Fewer are seen at once. */
const FILTER_FROM = 9;

export function RunsView({ lab }: { lab: Lab }) {
  const server = useMemo(() => new RunsServer(new URL('./', location.href).href), []);
  const list = useMemo(() => new RunsList(server), []);
  const filter = useSignal('');
  useEffect(() => {
    openAddressedRun(lab, server);
    return list.follow(() => !document.hidden);
  }, []);
  const listed = list.listed.value;
  const fault = list.fault.value;
  if (listed === undefined && fault === undefined) {
    return (
      <section class="runs" aria-labelledby="runs-title">
        <h2 id="runs-title">Runs</h2>
        <Opened lab={lab} />
        <OpenFiles lab={lab} />
      </section>
    );
  }
  const { runs, notices, folder } = listed ?? { runs: [], notices: [], folder: '' };
  return (
    <section class="runs" aria-labelledby="runs-title">
      <h2 id="runs-title">Runs{folder !== '' && ` in ${folder}`}</h2>
      <Opened lab={lab} />
      <OpenFiles lab={lab} />
      {[...notices, ...(fault === undefined ? [] : [fault])].map((sentence) => (
        <p key={sentence} class="notice">
          {sentence}
        </p>
      ))}
      {runs.length === 0 && notices.length === 0 && fault === undefined && (
        <p class="muted">
          None yet; <code>npx grokscope train --config r1</code> makes one.
        </p>
      )}
      {runs.length >= FILTER_FROM && (
        <label>
          <span class="visually-hidden">Filter the runs by name</span>
          <input
            type="search"
            placeholder="Filter by name"
            value={filter.value}
            onInput={({ currentTarget }) => {
              filter.value = currentTarget.value;
            }}
          />
        </label>
      )}
      <ul>
        {filtered(runs, filter.value).map((run) => (
          <RunItem key={run.name} run={run} lab={lab} open={() => openRun(lab, server, run.name)} />
        ))}
      </ul>
    </section>
  );
}

function RunItem({ run, lab, open }: { run: RunOutline; lab: Lab; open: () => void }) {
  return (
    <li>
      <button
        type="button"
        aria-current={lab.address.value.run === run.name ? 'true' : undefined}
        onClick={open}
      >
        {run.name}
      </button>
      <span class="muted">{outlineWords(run)}</span>
    </li>
  );
}

/** What is said of the opened run, and the way back. */
function Opened({ lab }: { lab: Lab }) {
  const name = lab.opened.value;
  if (name === undefined) return null;
  const id = lab.run.value?.id.value;
  return (
    <div class="opened-run">
      <p>
        The panels show the run <strong>{name}</strong>
        {id !== undefined && (
          <>
            , id <code id="opened-run-id">{id}</code>
          </>
        )}
        .
      </p>
      <button type="button" onClick={() => lab.begin(false)}>
        Back to training here
      </button>
    </div>
  );
}
