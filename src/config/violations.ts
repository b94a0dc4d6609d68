/** What zod found, as issues in our own words; ranges, names and keys come from the JSON Schema, not from zod's messages. */
import type { z } from 'zod';
import { type ConfigIssue, configIssue, type Path, pathText } from './error.ts';
import { kindsWithKey, schemaAt, schemaPaths, tasksWithKey } from './json-schema.ts';
import { nearest } from './suggest.ts';
import { taskOf } from './tasks/written-task.ts';
import { expectedText, gotText, valueSuggestion } from './words.ts';

/** An issue whose place is still to be found: at the key itself or at its value. */
export interface Violation {
  issue: ConfigIssue;
  at: 'key' | 'value';
}

/** One violation per unknown key and one per wrong value. */
export function violationsOf(issues: readonly z.core.$ZodIssue[], raw: unknown): Violation[] {
  return issues.flatMap((issue): Violation[] => {
    const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ issue: unknownKey([...path, key], raw), at: 'key' }));
    return [{ issue: wrongValue(path, raw), at: 'value' }];
  });
}

function unknownKey(path: Path, raw: unknown): ConfigIssue {
  const key = String(path[path.length - 1]);
  const parent = path.slice(0, -1);
  const keys = Object.keys(schemaAt(parent, raw)?.properties ?? {});
  const owner = `${pathText(parent)}${kindText(parent, raw)}`;
  return configIssue({
    path,
    message:
      parent.length === 0 ? `${key} is not a top-level key` : `${pathText(path)} is not a key of ${owner}`,
    expected: keys.join(', '),
    got: key,
    suggestion: keySuggestion(key, parent, keys),
  });
}

/** Of which type or task the section at `parent` is, where that decides its keys; the default task is not named. */
function kindText(parent: Path, raw: unknown): string {
  const kind = valueAt([...parent, 'type'], raw);
  if (typeof kind === 'string') return ` of type ${kind}`;
  const task = taskOf(raw);
  return parent.join() === 'dataset' && task !== 'modular' ? ` of task ${task}` : '';
}

function keySuggestion(key: string, parent: Path, siblings: readonly string[]): string {
  const kinds = kindsWithKey(parent, key);
  if (kinds.length > 0) return `it is a key of type ${kinds.join(', ')}`;
  const tasks = parent.join() === 'dataset' ? tasksWithKey(key) : [];
  if (tasks.length > 0) return `it is a key of task ${tasks.join(', ')}`;
  const sibling = nearest(key, siblings);
  if (sibling !== null) return `did you mean ${sibling}?`;
  const elsewhere = schemaPaths().find((path) => path[path.length - 1] === key);
  if (elsewhere !== undefined) return `did you mean ${elsewhere.join('.')}?`;
  return `the keys here are ${siblings.join(', ')}`;
}

function wrongValue(path: Path, raw: unknown): ConfigIssue {
  const value = valueAt(path, raw);
  const node = schemaAt(path, raw);
  const expected = node === null ? 'something else' : expectedText(node);
  const got = gotText(value);
  const name = path.length === 0 ? 'an experiment' : pathText(path);
  const missing = value === undefined;
  return configIssue({
    path,
    message: missing
      ? `${name} is missing: it must be ${expected}`
      : `${name} must be ${expected}, got ${got}`,
    expected,
    got,
    suggestion: node === null || missing ? null : valueSuggestion(value, node),
  });
}

/** The value at a path of own keys, or undefined. */
export function valueAt(path: Path, raw: unknown): unknown {
  let value = raw;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}
