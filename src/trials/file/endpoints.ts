/** Endpoints as a trial's file writes them: `{time: grokked}`, `{lead: …, over: …}`, `{value: …, at: …}`, `{change: …}`. */

import { type Path, pathText } from '../../config/error.ts';
import { gotText } from '../../config/words.ts';
import type { Endpoint, Moment, RunEvent, Split } from '../trial.ts';
import { endpointSchemas, eventOfColumn, keysOf, milestones, moments, splits } from '../trial-schema.ts';
import { isMapping, type Reading } from './reading.ts';

const kindNames = ['time', 'lead', 'value', 'change'] as const;

/** The endpoints by name; those that were refused are left out. */
export function readEndpoints(reading: Reading): Record<string, Endpoint> {
  const written = reading.mapping(['endpoints'], 'a mapping of names to what is read off each run');
  if (written === undefined) return {};
  if (Object.keys(written).length === 0)
    reading.refuse(['endpoints'], 'a trial needs an endpoint, such as `time to grok: {time: grokked}`');
  return Object.fromEntries(
    Object.keys(written).flatMap((name) => {
      const endpoint = endpointAt(reading, ['endpoints', name]);
      return endpoint === undefined ? [] : [[name, endpoint]];
    }),
  );
}

function endpointAt(reading: Reading, path: Path): Endpoint | undefined {
  const owner = `an endpoint: {time: …}, {lead: …, over: …}, {value: …, at: …} or {change: …, from: …, to: …}`;
  const written = reading.mapping(path, owner);
  if (written === undefined) return undefined;
  const named = kindNames.filter((kind) => Object.hasOwn(written, kind));
  if (named.length !== 1) {
    const problem = named.length === 0 ? 'none of these keys' : `both ${named.join(' and ')}`;
    return reading.refuse(path, `${pathText(path)} must be ${owner}, but it has ${problem}`, { at: 'key' });
  }
  const [kind] = named;
  if (!reading.onlyKeys(path, written, keysOf(endpointSchemas[kind]), `an endpoint of kind ${kind}`))
    return undefined;
  if (kind === 'time') {
    const event = eventAt(reading, [...path, 'time']);
    const after = written.after === undefined ? null : eventAt(reading, [...path, 'after']);
    return event && after !== undefined ? { kind, event, after } : undefined;
  }
  if (kind === 'lead') {
    const [event, over] = [eventAt(reading, [...path, 'lead']), eventAt(reading, [...path, 'over'])];
    return event && over ? { kind, event, over } : undefined;
  }
  const column = columnAt(reading, [...path, kind]);
  const split = splitAt(reading, path);
  if (kind === 'value') {
    const at = momentAt(reading, [...path, 'at']);
    return column && split && at !== undefined ? { kind, column, split, at } : undefined;
  }
  const [from, to] = [momentAt(reading, [...path, 'from']), momentAt(reading, [...path, 'to'])];
  return column && split && from !== undefined && to !== undefined
    ? { kind, column, split, from, to }
    : undefined;
}

function columnAt(reading: Reading, path: Path): string | undefined {
  const value = reading.value(path);
  if (typeof value === 'string' && value !== '') return value;
  return reading.refuse(path, `${pathText(path)} must be the name of a column, got ${gotText(value)}`);
}

/** Measures and the norm of the weights stand in the rows of every split alike. */
function splitAt(reading: Reading, path: Path): Split | undefined {
  return reading.oneOf([...path, 'split'], splits, 'train');
}

function momentAt(reading: Reading, path: Path): Moment | undefined {
  const value = reading.value(path);
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  const word = moments.find((moment) => moment === value);
  if (word !== undefined) return word;
  const expected = `${moments.join(', ')} or a step`;
  if (value === undefined)
    return reading.refuse(path, `${pathText(path)} is missing: it must be ${expected}`);
  return reading.refuse(path, `${pathText(path)} must be ${expected}, got ${gotText(value)}`);
}

function eventAt(reading: Reading, path: Path): RunEvent | undefined {
  const value = reading.value(path);
  if (!isMapping(value)) {
    const milestone = milestones.find((name) => name === value);
    if (milestone !== undefined) return { milestone };
    const expected = `${milestones.join(', ')}, or a column with reaches, falls_to or share`;
    if (value === undefined)
      return reading.refuse(path, `${pathText(path)} is missing: it must be ${expected}`);
    return reading.refuse(path, `${pathText(path)} must be ${expected}, got ${gotText(value)}`);
  }
  if (!reading.onlyKeys(path, value, keysOf(eventOfColumn), 'an event')) return undefined;
  const column = columnAt(reading, [...path, 'column']);
  const split = splitAt(reading, path);
  const whole = (patience: number) => Number.isSafeInteger(patience) && patience >= 1;
  const patience = reading.number([...path, 'patience'], 'a whole number of evaluations ≥ 1', whole, 1);
  const ways = (['reaches', 'falls_to', 'share'] as const).filter((key) => Object.hasOwn(value, key));
  if (ways.length !== 1) {
    const problem = ways.length === 0 ? 'it has none of them' : `it has ${ways.join(' and ')}`;
    return reading.refuse(
      path,
      `an event of a column needs one of reaches, falls_to and share, but ${problem}`,
    );
  }
  const [way] = ways;
  if (way === 'share') {
    const share = reading.number([...path, way], 'a share above 0 and at most 1', (x) => x > 0 && x <= 1);
    return column && split && patience && share ? { column, split, share, patience } : undefined;
  }
  const bound = reading.number([...path, way], 'a number', () => true);
  return column && split && patience && bound !== undefined
    ? { column, split, direction: way, value: bound, patience }
    : undefined;
}
