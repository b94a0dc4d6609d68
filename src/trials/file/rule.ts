/** The rule of a trial as its file writes it: a level, and predictions each with a minimal interesting effect. */

import { type Path, pathText } from '../../config/error.ts';
import { nearest } from '../../config/suggest.ts';
import { gotText } from '../../config/words.ts';
import { type Comparison, type ComparisonTest, comparisonTests, type Endpoint, type Rule } from '../trial.ts';
import { comparisonSchema, keysOf, ruleSchema } from '../trial-schema.ts';
import { isMapping, type Reading } from './reading.ts';

/** The names that a comparison may use. */
export interface Known {
  readonly arms: readonly string[];
  readonly endpoints: Readonly<Record<string, Endpoint>>;
}

/** The rule without the comparisons that were refused; undefined where there is none. */
export function readRule(reading: Reading, known: Known): Rule | undefined {
  const rule = reading.mapping(['rule'], 'a mapping with comparisons, fixed before the first run');
  if (rule === undefined) return undefined;
  reading.onlyKeys(['rule'], rule, keysOf(ruleSchema), 'rule');
  const level = reading.number(
    ['rule', 'level'],
    'a number above 0 and at most 0.5',
    (x) => x > 0 && x <= 0.5,
    0.05,
  );
  const supportedWhen = reading.oneOf(['rule', 'supported_when'], ['all', 'any'], 'all');
  const at = ['rule', 'comparisons'];
  const written = reading.mapping(at, 'a mapping of names to comparisons');
  if (written === undefined || level === undefined || supportedWhen === undefined) return undefined;
  const names = Object.keys(written);
  if (names.length === 0)
    reading.refuse(at, 'a rule needs a comparison: without one there is nothing to judge by');
  const comparisons = names.flatMap((name) => comparisonAt(reading, [...at, name], name, known) ?? []);
  return { level, supportedWhen, comparisons };
}

function comparisonAt(reading: Reading, path: Path, name: string, known: Known): Comparison | undefined {
  const written = reading.mapping(path, 'a comparison: endpoint, arm, against, expect, by and test');
  if (written === undefined) return undefined;
  if (!reading.onlyKeys(path, written, keysOf(comparisonSchema), 'a comparison')) return undefined;
  const arm = nameAt(reading, [...path, 'arm'], 'arm', known.arms);
  const endpoint = nameAt(reading, [...path, 'endpoint'], 'endpoint', Object.keys(known.endpoints));
  const against = againstAt(reading, [...path, 'against'], known);
  const expect = reading.oneOf([...path, 'expect'], ['smaller', 'larger', 'same']);
  if (arm === undefined || endpoint === undefined || against === undefined || expect === undefined)
    return undefined;
  const { kind } = known.endpoints[endpoint];
  if ('arm' in against && against.arm === arm)
    return reading.refuse([...path, 'against'], `arm ${arm} is compared with itself`, {
      suggestion: 'name another arm, or a number',
    });
  if ('endpoint' in against) {
    if (against.endpoint === endpoint)
      return reading.refuse([...path, 'against'], `endpoint ${endpoint} is compared with itself`, {
        suggestion: 'name another endpoint, an arm, or a number',
      });
    const other = known.endpoints[against.endpoint].kind;
    if ((kind === 'time') !== (other === 'time'))
      return reading.refuse(
        [...path, 'against'],
        `${endpoint} is a ${kind} and ${against.endpoint} a ${other}, which cannot be compared`,
      );
  }
  if ('number' in against && kind === 'time' && against.number <= 0)
    return reading.refuse(
      [...path, 'against'],
      `a time can only be compared with a number above 0, got ${against.number}`,
    );
  const by = byAt(reading, [...path, 'by'], kind, expect);
  const test = testAt(reading, [...path, 'test'], kind, endpoint, against);
  return by === undefined || test === undefined
    ? undefined
    : { name, arm, endpoint, against, expect, by, test };
}

function nameAt(reading: Reading, path: Path, what: string, names: readonly string[]): string | undefined {
  const value = reading.value(path);
  const found = names.find((name) => name === String(value));
  if (found !== undefined) return found;
  if (value === undefined)
    return reading.refuse(path, `${pathText(path)} is missing: it must be the name of an ${what}`);
  // What was refused above is not missed here a second time.
  if (reading.value([`${what}s`, String(value)]) !== undefined) return undefined;
  const near = nearest(String(value), names);
  const others = names.length === 0 ? null : `the ${what}s are ${names.join(', ')}`;
  const suggestion = near === null ? others : `did you mean ${near}?`;
  return reading.refuse(path, `there is no ${what} ${gotText(value)}`, { suggestion });
}

function againstAt(reading: Reading, path: Path, known: Known): Comparison['against'] | undefined {
  const value = reading.value(path);
  if (isMapping(value)) {
    if (!reading.onlyKeys(path, value, ['endpoint'], 'against')) return undefined;
    const endpoint = nameAt(reading, [...path, 'endpoint'], 'endpoint', Object.keys(known.endpoints));
    return endpoint === undefined ? undefined : { endpoint };
  }
  // An arm may be called by a number.
  const isArm = known.arms.includes(String(value));
  if (typeof value === 'number' && Number.isFinite(value) && !isArm) return { number: value };
  const arm = nameAt(reading, path, 'arm', known.arms);
  return arm === undefined ? undefined : { arm };
}

function byAt(
  reading: Reading,
  path: Path,
  kind: Endpoint['kind'],
  expect: Comparison['expect'],
): number | undefined {
  if (kind !== 'time')
    return reading.number(path, 'a difference above 0, in the unit of the endpoint', (x) => x > 0);
  if (expect === 'larger')
    return reading.number(
      path,
      'a ratio of restricted mean times above 1, since larger is expected',
      (x) => x > 1,
    );
  const range = `a ratio of restricted mean times between 0 and 1, since ${expect} is expected`;
  return reading.number(path, range, (x) => x > 0 && x < 1);
}

function testAt(
  reading: Reading,
  path: Path,
  kind: Endpoint['kind'],
  endpoint: string,
  against: Comparison['against'],
): ComparisonTest | undefined {
  const ofTimes = kind === 'time';
  const test = reading.oneOf(path, comparisonTests, ofTimes ? 'restricted_mean' : 'wilcoxon');
  if (test === undefined) return undefined;
  if (test === 'log_rank' && !ofTimes)
    return reading.refuse(path, `log_rank compares times, but ${endpoint} is a ${kind}`, {
      suggestion: 'write wilcoxon, sign, or restricted_mean for the mean',
    });
  if (test === 'log_rank' && 'number' in against)
    return reading.refuse(path, 'log_rank compares two arms, and a number is none', {
      suggestion: 'write restricted_mean',
    });
  return test;
}
