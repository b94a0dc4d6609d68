/** The runs that can be looked at: those of the folder that `grokscope lab` serves, and those of the reader's files. */

import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { RunOutline } from '../../src/cli/lab/served-runs.ts';
import type { Lab } from '../state/lab.ts';
import { MOST_RUNS } from '../state/run-colors.ts';
import { FileRuns } from './file-runs.ts';
import { FollowedList } from './followed-list.ts';
import { OpenFiles } from './open-files.tsx';
import { openAddressed } from './opened-run.ts';
import { ReportsView } from './reports-view.tsx';
import { RunItem } from './run-item.tsx';
import { filtered, outlineWords } from './runs-list.ts';
import { RunsServer } from './runs-server.ts';
import './runs-view.css';

/** Ms between two questions for the list. */
const LIST_EVERY = 5000;
/** Fewer are seen at once. */
const FILTER_FROM = 9;

export function RunsView({ lab }: { lab: Lab }) {
  const server = useMemo(() => new RunsServer(new URL('./', location.href).href), []);
  const list = useMemo(() => new FollowedList((signal) => server.list(signal), LIST_EVERY), []);
  const own = useMemo(() => new FileRuns(), []);
  const filter = useSignal('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    openAddressed(lab, server);
    return list.follow(() => !document.hidden);
  }, []);
  const listed = list.listed.value;
  const fault = list.fault.value;
  const folder = listed?.folder ?? '';
  return (
    <section class="runs" aria-labelledby="runs-title">
      <h2 id="runs-title">Runs{folder !== '' && ` in ${folder}`}</h2>
      <Opened lab={lab} />
      <OpenFiles lab={lab} own={own} />
      {own.runs.value.length > 0 && (
        <ul aria-label="Runs opened from files">
          {own.runs.value.map(({ name, source }) => (
            <RunItem key={name} lab={lab} source={source} name={name} words="opened from files" />
          ))}
        </ul>
      )}
      {[...(listed?.notices ?? []), ...(fault === undefined ? [] : [fault])].map((sentence) => (
        <p key={sentence} class="notice">
          {sentence}
        </p>
      ))}
      {listed?.runs.length === 0 && listed.notices.length === 0 && fault === undefined && (
        <p class="muted">
          There are none in this folder yet: <code>npx grokscope train --config r1</code> makes one.
        </p>
      )}
      {listed !== undefined && listed.runs.length > 0 && (
        <ServedRuns lab={lab} server={server} runs={listed.runs} filter={filter} input={input} />
      )}
      <ReportsView
        server={server}
        runs={listed?.runs ?? []}
        showRuns={(trial) => {
          filter.value = `${trial}/`;
          // Not before it is there.
          requestAnimationFrame(() => input.current?.focus());
        }}
      />
    </section>
  );
}

interface ServedRunsProps {
  readonly lab: Lab;
  readonly server: RunsServer;
  readonly runs: readonly RunOutline[];
  /** What the names are to hold. */
  readonly filter: Signal<string>;
  /** Where that is written. */
  readonly input: RefObject<HTMLInputElement | null>;
}

function ServedRuns({ lab, server, runs, filter, input }: ServedRunsProps) {
  const found = filtered(runs, filter.value);
  return (
    <>
      {(runs.length >= FILTER_FROM || filter.value !== '') && (
        <label>
          <span class="visually-hidden">Filter the runs by name</span>
          <input
            ref={input}
            type="search"
            placeholder="Filter by name"
            value={filter.value}
            onInput={({ currentTarget }) => {
              filter.value = currentTarget.value;
            }}
          />
        </label>
      )}
      {filter.value !== '' && <AllBeside lab={lab} server={server} names={found.map(({ name }) => name)} />}
      {lab.beside.room.value <= 0 && (
        <p class="muted">The charts hold {MOST_RUNS} runs: remove one of them to draw another.</p>
      )}
      <ul aria-label="Runs of the folder">
        {found.map((run) => (
          <RunItem key={run.name} lab={lab} source={server} name={run.name} words={outlineWords(run)} />
        ))}
      </ul>
    </>
  );
}

/** Draws the runs that a filter left, such as the seeds of an arm, as many as find room. */
function AllBeside({ lab, server, names }: { lab: Lab; server: RunsServer; names: readonly string[] }) {
  const { beside, opened } = lab;
  const others = names.filter((name) => name !== opened.value && beside.find(name, true) === undefined);
  const room = Math.max(0, beside.room.value);
  const added = others.slice(0, room);
  if (others.length === 0 || room === 0) return null;
  const which =
    others.length > room ? `the first ${room} of these ${others.length}` : `these ${others.length}`;
  return (
    <button
      type="button"
      onClick={() => {
        for (const name of added) beside.add(server, name);
      }}
    >
      Draw {which} beside
    </button>
  );
}

/** What is said of the opened run, and the way back. */
function Opened({ lab }: { lab: Lab }) {
  const name = lab.opened.value;
  if (name === undefined) return null;
  const id = lab.forks.runs.value[0]?.run.id.value;
  return (
    <div class="opened-run">
      <p>
        {lab.training.value === undefined ? 'The panels show the run' : 'The panels show a fork of the run'}{' '}
        <strong>{name}</strong>
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
