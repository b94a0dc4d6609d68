/** Forking the run that is shown, and the list of the runs in the charts. */

import { stepLabel } from '../../src/figures/number-labels.ts';
import { milestoneWords, statusWords } from '../shell/run-words.ts';
import { type ComparedRun, changesOf } from '../state/forks.ts';
import type { Lab } from '../state/lab.ts';
import './fork-view.css';

export function ForkView({ lab }: { lab: Lab }) {
  const training = lab.training.value;
  if (training === undefined || training.rows.value.length === 0) return null;
  const { state, refusal } = lab.forkPlan.value;
  const runs = lab.forks.runs.value;
  return (
    <section class="forks" aria-label="Forks">
      <p class="fork">
        <button
          type="button"
          disabled={refusal !== undefined}
          aria-describedby="fork-words"
          onClick={() => lab.fork()}
        >
          {state === undefined ? 'Fork' : `Fork at step ${stepLabel(state.step)}`}
        </button>
        <span id="fork-words">{refusal ?? forkWords(lab, state?.step ?? 0)}</span>
      </p>
      {runs.length > 1 && (
        <>
          <ul aria-label="Runs in the charts">
            {runs.map((compared) => (
              <RunItem key={compared.name} lab={lab} compared={compared} />
            ))}
          </ul>
          <p class="muted">
            Charts over time draw these runs together, each from where it left another; everything else shows
            the selected one. A link to this page repeats the original only.
          </p>
        </>
      )}
    </section>
  );
}

/** What a fork would do. Reads signals. */
function forkWords(lab: Lab, step: number): string {
  const shown = lab.view.shownStep.value;
  const training = lab.training.value;
  const changes = training === undefined ? [] : changesOf(training.settings, lab.settings.value);
  const nearest =
    shown === step ? '' : ` That is the step nearest before ${stepLabel(shown)} whose state is kept.`;
  return changes.length === 0
    ? `Trains on from there beside this run: change settings first, such as train.weight_decay.${nearest}`
    : `Trains on from there beside this run, with ${changes.join(', ')}.${nearest}`;
}

function RunItem({ lab, compared }: { lab: Lab; compared: ComparedRun }) {
  const { run, name, color, from, changes, shown } = compared;
  const isSelected = lab.run.value === run;
  const words = [
    ...(from === undefined
      ? []
      : [`From ${from} at step ${stepLabel(run.forkedAt)}: ${changes.join(', ') || 'nothing changed'}.`]),
    `${statusWords(run)}.`,
    milestoneWords(run).replace(' The run is finished.', '').replace('The run is finished.', ''),
  ];
  return (
    <li class={isSelected ? 'selected' : undefined}>
      <input
        type="checkbox"
        aria-label={`Draw ${name}`}
        title={isSelected ? 'The selected run is always drawn' : undefined}
        checked={shown || isSelected}
        disabled={isSelected}
        onChange={({ currentTarget }) => lab.forks.setShown(run, currentTarget.checked)}
      />
      <svg width="18" height="8" aria-hidden="true">
        <path d="M0,4H18" stroke={`var(--gs-${color})`} stroke-width="3" />
      </svg>
      <button type="button" aria-pressed={isSelected} onClick={() => lab.select(run)}>
        {name}
      </button>
      <span class="words">{words.join(' ')}</span>
      {from !== undefined && (
        <button type="button" aria-label={`Remove ${name}`} onClick={() => lab.removeFork(run)}>
          Remove
        </button>
      )}
    </li>
  );
}
