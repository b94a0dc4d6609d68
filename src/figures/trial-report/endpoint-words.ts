/** In words, what is read off each run. */
import type { Endpoint, Moment, RunEvent } from '../../trials/trial.ts';
import { counted, numberLabel } from './effect-words.ts';

const milestones = {
  memorized: 'the network has memorised (train accuracy reaches its threshold)',
  grokked: 'the network has grokked (held-out accuracy reaches its threshold and stays)',
  first_crossing: 'held-out accuracy crosses its threshold for the first time',
} as const;

/** For example: spectral_diagonal_share (train) reaches 0.43. */
export function eventWords(event: RunEvent): string {
  if ('milestone' in event) return milestones[event.milestone];
  const column = columnWords(event.column, event.split);
  const staying = event.patience > 1 ? ` for ${counted(event.patience, 'evaluation')} in a row` : '';
  if ('share' in event) {
    const share = numberLabel(100 * event.share);
    return `${column} has gone ${share} % of its way from its first to its last value${staying}`;
  }
  const verb = event.direction === 'reaches' ? 'reaches' : 'falls to';
  return `${column} ${verb} ${numberLabel(event.value)}${staying}`;
}

/** What the endpoint is, as a sentence without its name. */
export function endpointWords(endpoint: Endpoint): string {
  switch (endpoint.kind) {
    case 'time': {
      const { event, after } = endpoint;
      const from = after === null ? '' : `, counted from the step at which ${eventWords(after)}`;
      return `training steps until ${eventWords(event)}${from}`;
    }
    case 'lead':
      return (
        `by how many training steps ${eventWords(endpoint.event)} before ${eventWords(endpoint.over)}; ` +
        'below 0 it comes later, and what does not come counts as coming at the end of the budget'
      );
    case 'value':
      return `${columnWords(endpoint.column, endpoint.split)} ${momentWords(endpoint.at)}`;
    case 'change':
      return (
        `how much ${columnWords(endpoint.column, endpoint.split)} changes from its value ` +
        `${momentWords(endpoint.from)} to its value ${momentWords(endpoint.to)}`
      );
  }
}

/** The unit of its values, to stand behind a number; columns have none. */
export function unitOf(endpoint: Endpoint | undefined): string {
  return endpoint?.kind === 'time' || endpoint?.kind === 'lead' ? ' steps' : '';
}

function columnWords(column: string, split: string): string {
  return `${column} (${split === 'train' ? 'train' : 'held-out'})`;
}

function momentWords(moment: Moment): string {
  switch (moment) {
    case 'first':
      return 'at the first evaluation';
    case 'last':
      return 'at the last evaluation';
    case 'memorized':
      return 'when the network memorised';
    case 'grokked':
      return 'when the network grokked';
    default:
      return `at step ${moment}`;
  }
}
