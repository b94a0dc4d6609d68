/** Forking the run that is shown, and the list of the runs in the charts. */

import { stepLabel } from '../../src/figures/number-labels.ts';
import { LineSample } from '../shell/line-sample.tsx';
import { milestoneWords, statusWords } from '../shell/run-words.ts';
import type { ForkPlan } from '../state/fork-plan.ts';
import type { ComparedRun, WaitingFork } from '../state/forks.ts';
import type { Lab } from '../state/lab.ts';
import { changesBetween, changeWords } from './changes.ts';
import './fork-view.css';

export function ForkView({ lab }: { lab: Lab }) {
  const selected = lab.selected.value;
  if (selected === undefined || selected.run.rows.value.length === 0) return null;
  const plan = lab.forkPlan.value;
  const runs = lab.forks.runs.value;
  const waiting = lab.forks.waiting.value;
  return (
    <section class="forks" aria-label="Forks">
      <p class="fork">
        <button
          type="button"
          disabled={plan.refusal !== undefined}
          aria-describedby="fork-words"
          onClick={() => lab.fork()}
        >
          {plan.state === undefined ? 'Fork' : `Fork at step ${stepLabel(plan.state.step)}`}
        </button>
        <span id="fork-words">{plan.refusal ?? forkWords(lab, plan)}</span>
      </p>
      {runs.length + waiting.length > 1 && (
        <>
          <ul aria-label="Runs in the charts">
            {runs.map((compared) => (
              <ComparedItem key={compared.name} lab={lab} compared={compared} />
            ))}
            {waiting.map((fork) => (
              <WaitingItem key={fork.name} lab={lab} fork={fork} />
            ))}
          </ul>
          <p class="muted">
            Charts over time draw these runs together, each from where it left another; everything else shows
            the selected one. {linkWords(lab)}
          </p>
        </>
      )}
    </section>
  );
}

function linkWords(lab: Lab): string {
  if (!lab.isLinked.value) return 'No link leads to runs opened from files, nor to their forks.';
  return lab.opened.value === undefined
    ? 'A link to this page trains the original again and forks it at the same steps, to the same bits.'
    : 'A link to this page opens the recorded run from this server and forks it again, to the same bits.';
}

/** What a fork would do. Reads signals. */
function forkWords(lab: Lab, { from, state }: ForkPlan): string {
  const before = from?.run.settings;
  if (before === undefined || state === undefined) return '';
  const settings = lab.settings.value;
  const changes = changeWords(changesBetween(before, settings), settings);
  const run = from?.run === lab.run.value ? 'this run' : (from?.name ?? '');
  const nearest = nearestWords(lab.view.shownStep.value, state.step, settings.recorded !== undefined);
  return changes.length === 0
    ? `Trains on from there beside ${run}: change settings first, such as train.weight_decay.${nearest}`
    : `Trains on from there beside ${run}, with ${changes.join(', ')}.${nearest}`;
}

/** Why the step of the fork is not the one that is shown. */
function nearestWords(shown: number, step: number, isRecorded: boolean): string {
  const what = isRecorded ? 'that has a checkpoint' : 'whose state is kept';
  if (step < shown) return ` That is the step nearest before ${stepLabel(shown)} ${what}.`;
  return step > shown ? ` That is the first step ${what}.` : '';
}

/** How a fork came to be. */
function originWords({ asked, from, changes }: ComparedRun | WaitingFork): string[] {
  if (asked === undefined) return [];
  return [`From ${from} at step ${stepLabel(asked.step)}: ${changes.join(', ') || 'nothing changed'}.`];
}

function ComparedItem({ lab, compared }: { lab: Lab; compared: ComparedRun }) {
  const { run, number, name, shown } = compared;
  const isSelected = lab.run.value === run;
  const words = [...originWords(compared), `${statusWords(run)}.`, milestoneWords(run)];
  return (
    <li class={isSelected ? 'selected' : undefined}>
      <Drawn
        lab={lab}
        member={compared}
        checked={shown || isSelected}
        why={isSelected ? 'The selected run is always drawn' : undefined}
      />
      <button type="button" aria-pressed={isSelected} onClick={() => lab.select(run)}>
        {name}
      </button>
      <span class="words">{words.join(' ')}</span>
      {number > 0 && <Remove lab={lab} number={number} />}
    </li>
  );
}

function WaitingItem({ lab, fork }: { lab: Lab; fork: WaitingFork }) {
  return (
    <li>
      <Drawn lab={lab} member={fork} checked={fork.shown} />
      <span class="waiting">{fork.name}</span>
      <span class="words">
        {originWords(fork).join(' ')} Begins when {fork.from} gets there.
      </span>
      <Remove lab={lab} number={fork.number} />
    </li>
  );
}

/** Whether a run is drawn, and its colour. @param why it cannot be chosen */
function Drawn({
  lab,
  member: { number, name, color },
  checked,
  why,
}: {
  lab: Lab;
  member: ComparedRun | WaitingFork;
  checked: boolean;
  why?: string | undefined;
}) {
  return (
    <>
      <input
        type="checkbox"
        aria-label={`Draw ${name}`}
        title={why}
        checked={checked}
        disabled={why !== undefined}
        onChange={({ currentTarget }) => lab.forks.setShown(number, currentTarget.checked)}
      />
      <LineSample color={color} />
    </>
  );
}

/** A fork goes with those that left it: without it they could not be had again. */
function Remove({ lab, number }: { lab: Lab; number: number }) {
  const [fork, ...others] = lab.forks.withForksOf(number).map(({ name }) => name);
  const also = others.length === 0 ? '' : ` with ${others.join(', ')}`;
  return (
    <button type="button" aria-label={`Remove ${fork}${also}`} onClick={() => lab.removeFork(number)}>
      Remove{also}
    </button>
  );
}
