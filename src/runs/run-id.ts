/** The name of a computation: the SHA-256 of its canonical configuration and of the engine's numeric version. */

import { createHash } from 'node:crypto';
import { canonicalJson, runIdText } from '../config/canonical-json.ts';

export { canonicalJson };

/** 64 hexadecimal digits: SHA-256 of the canonical JSON, a line feed and the numeric version, in UTF-8. */
export function runId(config: object, numericVersion: string): string {
  return createHash('sha256').update(runIdText(config, numericVersion)).digest('hex');
}

/** A key at which two configurations differ. */
export interface ConfigDifference {
  /** Keys from the top, joined by dots, such as train.lr. */
  readonly key: string;
  /** JSON of the values; undefined where the key is absent. */
  readonly there: string | undefined;
  readonly here: string | undefined;
}

function membersOf(value: unknown): Map<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : undefined;
}

/** The keys at which two configurations differ, in the order of `here`, then those only `there` has. */
export function configDifferences(there: unknown, here: unknown, prefix = ''): ConfigDifference[] {
  const [left, right] = [membersOf(there), membersOf(here)];
  if (left && right) {
    return [...new Set([...right.keys(), ...left.keys()])].flatMap((key) =>
      configDifferences(left.get(key), right.get(key), prefix === '' ? key : `${prefix}.${key}`),
    );
  }
  const [a, b] = [there, here].map((value) => (value === undefined ? undefined : canonicalJson(value)));
  return a === b ? [] : [{ key: prefix, there: a, here: b }];
}
