/** The list of recorded runs in the charts: the run that is shown and those beside it, each with its colour. */

import type { LabRun } from '../run/lab-run.ts';
import { LineSample } from '../shell/line-sample.tsx';
import { milestoneWords, statusWords } from '../shell/run-words.ts';
import type { Lab } from '../state/lab.ts';
import { type BesideRun, inOrder } from './beside.ts';
import { namesOf } from './drawn-together.ts';
import { showBeside } from './opened-run.ts';
import { RecordedRun } from './recorded-run.ts';
import './beside-view.css';

export function BesideView({ lab }: { lab: Lab }) {
  const { beside } = lab;
  if (beside.runs.value.length === 0) return null;
  const shown = lab.run.value;
  // With its forks it stands in their list.
  const isAlone = lab.forks.all.value.length < 2;
  const own =
    isAlone && shown instanceof RecordedRun
      ? [{ run: shown, color: beside.colorOf(shown), shown: true }]
      : [];
  const all = inOrder([...own, ...beside.runs.value]);
  const names = namesOf(all.map(({ run }) => run));
  return (
    <section class="beside-runs" aria-labelledby="beside-title">
      <h2 id="beside-title">Recorded runs in the charts</h2>
      <ul aria-labelledby="beside-title">
        {all.map((one, i) => (
          <BesideItem
            key={`${one.run.isServed} ${one.run.name.value}`}
            lab={lab}
            one={one}
            shortName={names[i] ?? one.run.name.value}
          />
        ))}
      </ul>
      <p class="muted">
        Charts over time draw these curves together; everything else shows{' '}
        {own.length > 0 || !isAlone ? 'the selected run' : 'the run that is computed here'}.
        {beside.runs.value.some(({ run }) => !run.isServed) &&
          ' A link leaves out what was opened from files.'}
      </p>
    </section>
  );
}

function BesideItem({ lab, one, shortName }: { lab: Lab; one: BesideRun; shortName: string }) {
  const { run, color, shown } = one;
  const name = run.name.value;
  const isSelected = lab.run.value === run;
  return (
    <li class={isSelected ? 'selected' : undefined}>
      <input
        type="checkbox"
        aria-label={`Draw ${name}`}
        title={isSelected ? 'The selected run is always drawn' : undefined}
        checked={shown || isSelected}
        disabled={isSelected}
        onChange={({ currentTarget }) => lab.beside.setShown(one, currentTarget.checked)}
      />
      <LineSample color={color} />
      {lab.run.value instanceof RecordedRun && lab.forks.all.value.length < 2 ? (
        <button
          type="button"
          class="name"
          aria-label={`Show ${name}`}
          title={name}
          aria-pressed={isSelected}
          onClick={() => showBeside(lab, one)}
        >
          {shortName}
        </button>
      ) : (
        <strong class="name" title={name}>
          {shortName}
        </strong>
      )}
      <span class="words">{besideWords(run)}</span>
      {!isSelected && (
        <button type="button" aria-label={`Remove ${name}`} onClick={() => lab.beside.remove(one)}>
          Remove
        </button>
      )}
    </li>
  );
}

/** How it stands, what it came to, and what else is to be known of it. Reads signals. */
function besideWords(run: LabRun): string {
  const status = run.status.value;
  if (status.kind === 'failed') return `${status.sentence.replace(/\.$/, '')}.`;
  const all = [`${statusWords(run)}.`, milestoneWords(run), ...run.notices.value];
  return all.filter((words) => words !== '').join(' ');
}
