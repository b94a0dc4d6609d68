/** A recorded run in a list: its name opens it, the box beside draws its curves with those of the run that is shown. */

import type { Lab } from '../state/lab.ts';
import { openedOriginal, openRun } from './opened-run.ts';
import type { RunSource } from './run-source.ts';

export interface RunItemProps {
  readonly lab: Lab;
  readonly source: RunSource;
  readonly name: string;
  /** How it stands. */
  readonly words: string;
}

export function RunItem({ lab, source, name, words }: RunItemProps) {
  const { beside, run } = lab;
  const shown = run.value;
  const isShown = openedOriginal(lab, source, name) !== undefined;
  const one = beside.find(name, source.isServed);
  const isFull = one === undefined && beside.room.value <= 0;
  return (
    <li>
      <button
        type="button"
        aria-current={isShown ? 'true' : undefined}
        onClick={() => openRun(lab, source, name)}
      >
        {name}
      </button>
      <label>
        <input
          type="checkbox"
          aria-label={`Draw ${name} beside`}
          title={
            isShown ? 'The run that is shown' : isFull ? 'The charts have no room for more runs' : undefined
          }
          checked={isShown || one !== undefined}
          disabled={isShown || isFull || shown === undefined}
          onChange={() => {
            if (one === undefined) beside.add(source, name);
            else beside.remove(one);
          }}
        />
        beside
      </label>
      <span class="muted">{words}</span>
    </li>
  );
}
