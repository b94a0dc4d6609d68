import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import type { RunStatus } from '../run/lab-run.ts';
import { momentNote } from './moment-note.ts';

interface Shown {
  readonly kind?: RunStatus['kind'];
  readonly end?: number;
  readonly cursor?: number;
  /** Of the network. */
  readonly kept?: number;
}

function noteOf({ kind = 'finished', end = 1000, cursor, kept }: Shown): string {
  const status = { kind } as RunStatus;
  return momentNote(
    { status: signal(status), step: signal(end) },
    {
      cursor: signal(cursor),
      shownStep: signal(cursor ?? end),
      moment: signal(kept === undefined ? undefined : { step: kept }),
    },
  );
}

test('a network of the step that is shown needs no note, nor does one that is not there yet', () => {
  expect(noteOf({ cursor: 500, kept: 500 })).toBe('');
  expect(noteOf({ cursor: 500 })).toBe('');
  expect(noteOf({ kept: 1000 })).toBe('');
});

test('between two networks that are kept it is said which one is shown', () => {
  expect(noteOf({ cursor: 590, kept: 500 })).toBe(
    'No network of step 590 is kept; the last one before is that of step 500. ',
  );
  expect(noteOf({ cursor: 5, kept: 10 })).toBe(
    'No network of step 5 is kept; the first one is that of step 10. ',
  );
  expect(noteOf({ kept: 900 })).toMatch(/^No network of step 1,?000 is kept; .* step 900\. $/);
});

test('beyond the end of a run that is shorter than others in the chart, that is said', () => {
  expect(noteOf({ cursor: 2000, end: 600, kept: 600 })).toMatch(
    /^The run ends at step 600, before step 2,?000\. $/,
  );
});

test('while a run goes on its latest network may be behind its step, unless one looks back', () => {
  expect(noteOf({ kind: 'running', kept: 990 })).toBe('');
  expect(noteOf({ kind: 'growing', kept: 900 })).toBe('');
  expect(noteOf({ kind: 'growing', cursor: 950, kept: 900 })).not.toBe('');
});
