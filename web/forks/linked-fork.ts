/** A fork as it stands in the address: which run it leaves, at which step, and what it does otherwise. */

/** `0@24;train.weight_decay=0` leaves the original after 24 steps, with no weight decay from there on. */
export interface LinkedFork {
  /** 0: the original; otherwise the place of another fork in the address, from 1. */
  readonly from: number;
  readonly step: number;
  /** As forks/changes.ts has them. */
  readonly changes: readonly string[];
}

export const linkedForkForm = 'FROM@STEP;section.key=value, such as 0@24;train.weight_decay=0,';

/** `;` stands between changes, so that one within them is escaped, as in addresses. */
const escaped = (change: string) => change.replaceAll('%', '%25').replaceAll(';', '%3B');
const unescaped = (text: string) => text.replaceAll('%3B', ';').replaceAll('%25', '%');

export function writeLinkedFork({ from, step, changes }: LinkedFork): string {
  return [`${from}@${step}`, ...changes.map(escaped)].join(';');
}

/** undefined for a text that is none. */
export function readLinkedFork(text: string): LinkedFork | undefined {
  const [place = '', ...changes] = text.split(';');
  const [, from, step] = /^(\d{1,2})@(\d{1,10})$/.exec(place) ?? [];
  if (from === undefined || changes.some((change) => change === '' || change.startsWith('=')))
    return undefined;
  return { from: Number(from), step: Number(step), changes: changes.map(unescaped) };
}
