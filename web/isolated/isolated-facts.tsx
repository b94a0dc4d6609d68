/** How to have the same simulation again, what does not apply to one, and what it showed when it is over. */

import { analyticCsv } from '../../src/runs/analytic-table.ts';
import { observationColumns, observationRows } from '../../src/theory/isolated/tables.ts';
import type { AnalyticVerdict } from '../../src/theory/isolated/verdict.ts';
import { commandLineOf } from '../settings/written-settings.ts';
import { linkTo } from '../shell/follow-address.ts';
import { computingWords, copied, copy, saveText } from '../shell/run-facts.tsx';
import type { Lab } from '../state/lab.ts';
import type { IsolatedRun } from './isolated-run.ts';

export function IsolatedFacts({ lab, run }: { lab: Lab; run: IsolatedRun }) {
  const computing = run.computing.value;
  const verdict = run.verdict.value;
  const command = commandLineOf(run.settings);
  const saveTable = () =>
    saveText(
      `${run.name.value}-analytic-metrics.csv`,
      analyticCsv({ columns: observationColumns, rows: observationRows(run.observations) }),
    );
  return (
    <section class="facts" aria-labelledby="facts-title">
      <h2 id="facts-title">The same simulation elsewhere</h2>
      <p>
        Nothing is trained here: the first layer moves along its isolated dynamics, and at every step the last
        layer is the one that solves all train examples.
      </p>
      <dl>
        <dt>Run id</dt>
        <dd>
          <code id="run-id">{run.id.value ?? '…'}</code>
        </dd>
        <dt>On the command line, into analytic/ of the run’s folder</dt>
        <dd>
          <code>{command}</code>
        </dd>
        <dt>Saved in this browser</dt>
        <dd id="saved">no: a reload simulates again from step 0, to the same numbers</dd>
        <dt>Forks</dt>
        <dd>none: there is no optimiser whose state could go on with other settings</dd>
        <dt>Computed on</dt>
        <dd>{computing === undefined ? '…' : computingWords(computing)}</dd>
      </dl>
      <p class="actions">
        <button type="button" onClick={() => copy('link', linkTo(lab))}>
          Copy link
        </button>
        <button type="button" onClick={() => copy('command', command)}>
          Copy command
        </button>
        <button type="button" disabled={run.rows.value.length === 0} onClick={saveTable}>
          Save analytic/metrics.csv
        </button>
      </p>
      <p role="status">{copied.value}</p>
      {verdict !== undefined && <Verdict verdict={verdict} />}
    </section>
  );
}

/** The statements of the analytic test, which were fixed before it ran. */
function Verdict({ verdict: { assertions } }: { verdict: AnalyticVerdict }) {
  const words = (holds: boolean | undefined) =>
    holds === undefined ? 'Not asked' : holds ? 'Holds' : 'Fails';
  return (
    <>
      <h2>The analytic test</h2>
      <ul id="verdict">
        {assertions.map(({ name, statement, holds, seen }) => (
          <li key={name}>
            <strong>{words(holds)}:</strong> {statement}. <span class="muted">Seen: {seen}.</span>
          </li>
        ))}
      </ul>
    </>
  );
}
