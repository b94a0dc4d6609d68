/** The page as a whole: header, settings beside, time above, panels below. */

import { ForkView } from '../forks/fork-view.tsx';
import { IsolatedFacts } from '../isolated/isolated-facts.tsx';
import { IsolatedRun } from '../isolated/isolated-run.ts';
import { VersionNotice } from '../offline/version-notice.tsx';
import { BesideView } from '../runs/beside-view.tsx';
import { RunsView } from '../runs/runs-view.tsx';
import { SettingsForm } from '../settings/settings-form.tsx';
import type { Lab } from '../state/lab.ts';
import { Invitation } from '../tour/invitation.tsx';
import { TourView } from '../tour/tour-view.tsx';
import { fewSentences } from './few-sentences.ts';
import { Header } from './header.tsx';
import { PanelGrid } from './panel-grid.tsx';
import { Preparing } from './preparing.tsx';
import { Restored } from './restored.tsx';
import { RunFacts } from './run-facts.tsx';
import { Transport } from './transport.tsx';

export function App({ lab }: { lab: Lab }) {
  const run = lab.run.value;
  const training = lab.training.value;
  const status = run?.status.value;
  return (
    <>
      <a class="skip" href="#main">
        Skip to the panels
      </a>
      <Header lab={lab} />
      <VersionNotice />
      <Faults lab={lab} />
      <div class="page">
        <div class="tour-column">
          <TourView lab={lab} />
          <aside aria-label="Settings">
            <SettingsForm lab={lab} />
            {training !== undefined && <RunFacts lab={lab} training={training} />}
            {run instanceof IsolatedRun && <IsolatedFacts lab={lab} run={run} />}
            <RunsView lab={lab} />
          </aside>
        </div>
        <main id="main" tabIndex={-1}>
          {run === undefined ? (
            <p class="empty">Nothing is trained yet: choose a preset, then press Start.</p>
          ) : (
            <>
              <Transport lab={lab} run={run} />
              <Invitation lab={lab} />
              <div class={run instanceof IsolatedRun ? undefined : 'fork-place'}>
                {/* Before the first evaluation there is nothing to be forked: the place is free. */}
                {training !== undefined && <Preparing training={training} />}
                <ForkView lab={lab} />
              </div>
              <BesideView lab={lab} />
              {lab.changed.value && (
                <p class="notice">The panels show the run before your changes to the settings.</p>
              )}
              {training !== undefined && <Restored lab={lab} training={training} />}
              {status?.kind === 'failed' && (
                <p class="fault" role="alert">
                  {status.sentence}
                </p>
              )}
              {run.notices.value.map((notice) => (
                <p key={notice} class="notice">
                  {notice}
                </p>
              ))}
              <PanelGrid lab={lab} run={run} />
            </>
          )}
        </main>
      </div>
    </>
  );
}

function Faults({ lab }: { lab: Lab }) {
  const faults = lab.faults.value;
  if (faults.length === 0) return null;
  return (
    <section class="fault" role="alert">
      <ul>
        {fewSentences(faults).map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
      <button
        type="button"
        onClick={() => {
          lab.faults.value = [];
        }}
      >
        Understood
      </button>
    </section>
  );
}
