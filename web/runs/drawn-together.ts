/** Which runs the charts over time draw together, and what they are called there. */

import type { DrawnRun } from '../panels/panel.ts';
import type { LabRun } from '../run/lab-run.ts';
import type { OwnRun } from '../state/own-runs.ts';
import { type Beside, inOrder } from './beside.ts';
import { RecordedRun } from './recorded-run.ts';

/**
 * What is computed here, or the recorded run that is shown, and what was put beside; none where one run stands alone. Reads signals.
 * @param shown the run that is shown, which is always drawn
 */
export function drawnTogether(
  own: readonly OwnRun[],
  beside: Beside,
  shown: LabRun | undefined,
): readonly DrawnRun[] {
  // A recorded run is there with its forks, or alone.
  const original = own.find(({ run }) => run instanceof RecordedRun);
  const opened = original?.run ?? shown;
  const recorded = [
    ...(opened instanceof RecordedRun
      ? [{ run: opened, color: beside.colorOf(opened), shown: original?.shown ?? true }]
      : []),
    ...beside.runs.value,
  ];
  const computed = own.filter((one) => one !== original);
  if (computed.length + recorded.length < 2) return [];
  const names = namesOf(recorded.map(({ run }) => run));
  const all = [...computed, ...recorded.map((one, i) => ({ ...one, name: names[i] as string, start: 0 }))];
  return inOrder(all.filter((one) => one.shown || one.run === shown)).map(({ run, name, color, start }) => ({
    run,
    name,
    color,
    start,
  }));
}

/** Their names without the folders that all have in common; what the reader opened is told from what is served. Reads signals. */
export function namesOf(runs: readonly RecordedRun[]): string[] {
  const short = withoutCommonFolders(runs.map(({ name }) => name.value));
  return short.map((name, i) => {
    const isDouble = short.indexOf(name) !== short.lastIndexOf(name);
    const isOwnWord = name === 'original' || name.startsWith('fork ');
    return isOwnWord || (isDouble && !runs[i]?.isServed) ? `${name} (recorded)` : name;
  });
}

/** `trial/a/seed-001` and `trial/b/seed-001` are `a/seed-001` and `b/seed-001`. */
export function withoutCommonFolders(names: readonly string[]): string[] {
  const parts = names.map((name) => name.split('/'));
  const [first = []] = parts;
  let common = 0;
  while (names.length > 1 && parts.every((own) => common < own.length - 1 && own[common] === first[common]))
    common++;
  return parts.map((own) => own.slice(common).join('/'));
}
