/** The trial reports of the server: each with its verdict, its page, and its runs where they are in the list. */

import { useEffect, useMemo } from 'preact/hooks';
import type { ReportOutline, RunOutline } from '../../src/cli/lab/served-runs.ts';
import { FollowedList } from './followed-list.ts';
import { reportWords, runsOfTrial } from './report-words.ts';
import type { RunsServer } from './runs-server.ts';
import './reports-view.css';

/** Ms between two questions for the list: reports are made seldom. */
const LIST_EVERY = 20_000;

export interface ReportsViewProps {
  readonly server: RunsServer;
  /** Those of the list above. */
  readonly runs: readonly RunOutline[];
  /** Leaves those of a trial in that list. */
  readonly showRuns: (trial: string) => void;
}

export function ReportsView({ server, runs, showRuns }: ReportsViewProps) {
  const list = useMemo(() => new FollowedList((signal) => server.reports(signal), LIST_EVERY), []);
  useEffect(() => list.follow(() => !document.hidden), []);
  const { reports = [], notices = [] } = list.listed.value ?? {};
  if (reports.length === 0 && notices.length === 0) return null;
  return (
    <div class="reports">
      <h2 id="reports-title">Trial reports</h2>
      {notices.map((sentence) => (
        <p key={sentence} class="notice">
          {sentence}
        </p>
      ))}
      <ul aria-labelledby="reports-title">
        {reports.map((report) => (
          <ReportItem
            key={`${report.folder} ${report.name}`}
            report={report}
            address={server.reportAddress(report)}
            runs={runsOfTrial(runs, report.trial).length}
            showRuns={() => showRuns(report.trial)}
          />
        ))}
      </ul>
    </div>
  );
}

interface ReportItemProps {
  readonly report: ReportOutline;
  readonly address: string;
  /** How many of its runs are in the list. */
  readonly runs: number;
  readonly showRuns: () => void;
}

function ReportItem({ report, address, runs, showRuns }: ReportItemProps) {
  const { trial, question, verdict, reason, isPilot } = report;
  return (
    <li>
      <p>
        <a href={address} target="_blank" rel="noopener" title="Opens in a tab of its own">
          {trial}
        </a>
        {isPilot && ' (pilot)'}
        {verdict !== null && (
          <>
            : <strong class={verdict}>{verdict}</strong>
          </>
        )}
      </p>
      {question !== '' && <p>{question}</p>}
      <p class="muted">{reportWords(report)}</p>
      {reason !== '' && (
        <details>
          <summary aria-label={`Why ${trial} is ${verdict}`}>Why</summary>
          <p class="muted">{reason}</p>
        </details>
      )}
      {runs > 0 && (
        <button type="button" onClick={showRuns}>
          List its {runs === 1 ? 'run' : `${runs} runs`}
          <span class="visually-hidden"> of trial {trial}</span>
        </button>
      )}
    </li>
  );
}
