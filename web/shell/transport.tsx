/** Play, pause, step, speed, and the time cursor. */

import type { LabRun } from '../run/lab-run.ts';
import type { PlayedRun } from '../run/played-run.ts';
import type { Lab } from '../state/lab.ts';
import { paces } from '../state/properties.ts';
import { eventWords, statusWords } from './run-words.ts';
import { TimeCursor } from './time-cursor.tsx';

export function Transport({ lab, run }: { lab: Lab; run: LabRun }) {
  return (
    <section class="transport" aria-label="Time">
      <div class="controls">
        {lab.played.value !== undefined && <PlayButtons lab={lab} run={lab.played.value} />}
        <p class="status">{statusWords(run)}</p>
        <label>
          Time axis{' '}
          <select
            value={lab.time.value}
            onChange={({ currentTarget }) => {
              lab.time.value = currentTarget.value === 'log' ? 'log' : 'linear';
            }}
          >
            <option value="linear">linear</option>
            <option value="log">logarithmic</option>
          </select>
        </label>
      </div>
      <TimeCursor lab={lab} run={run} />
      <p class="visually-hidden" role="status">
        {eventWords(run)}
      </p>
    </section>
  );
}

function PlayButtons({ lab, run }: { lab: Lab; run: PlayedRun }) {
  const { kind } = run.status.value;
  const isOver = kind === 'finished' || kind === 'failed';
  const hasForks = lab.forks.runs.value.length > 1;
  const isFork = lab.training.value?.isFork ?? false;
  const isImpossible = lab.draft.value.issues.length > 0;
  // What left a recorded run is not begun at step 0 here.
  const isRecorded = lab.opened.value !== undefined;
  return (
    <>
      {isRecorded && isOver ? null : !isRecorded && (isOver || lab.changed.value) ? (
        <button
          type="button"
          class="primary"
          disabled={isImpossible || (isFork && !lab.changed.value)}
          title={hasForks ? 'Begins at step 0, without the forks' : undefined}
          onClick={() => lab.begin(true)}
        >
          {lab.changed.value
            ? 'Start with the new settings'
            : run.isSimulated
              ? 'Simulate again'
              : 'Train again'}
        </button>
      ) : kind === 'running' ? (
        <button type="button" class="primary" onClick={() => lab.playback.pause()}>
          Pause
        </button>
      ) : (
        <button type="button" class="primary" onClick={() => lab.playback.play()}>
          Play
        </button>
      )}
      <button
        type="button"
        disabled={isOver}
        title="On to the next evaluation, which every panel shows"
        onClick={() => lab.playback.advance()}
      >
        {run.interval === 1 ? 'One step' : `${run.interval} steps`}
      </button>
      <label>
        Speed{' '}
        <select
          value={String(lab.playback.pace.value)}
          onChange={({ currentTarget }) => lab.playback.setPace(Number(currentTarget.value))}
        >
          {paces.map((pace) => (
            <option key={pace} value={String(pace)}>
              {Number.isFinite(pace) ? `${pace} steps/s` : 'full'}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
