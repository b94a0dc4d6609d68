/** A trial's file while it is read: values by path, and everything that is wrong with them, each in its place. */

import { ConfigError, type ConfigIssue, configIssue, type Path, pathText } from '../../config/error.ts';
import { readSource, type Source } from '../../config/source.ts';
import { nearest } from '../../config/suggest.ts';
import { valueAt } from '../../config/violations.ts';
import { gotText } from '../../config/words.ts';

export type Mapping = Readonly<Record<string, unknown>>;

/** More about a refusal: where the caret stands (default: at the value), and what to do. */
export interface RefusalOptions {
  readonly at?: 'key' | 'value';
  readonly suggestion?: string | null;
}

const trialKind = {
  name: 'a trial',
  example: 'seeds: 20',
  start: 'docs/trials.md shows how to write one in ten lines',
};

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export class Reading {
  readonly file: string;
  readonly text: string;
  readonly source: Source;
  readonly #issues: ConfigIssue[] = [];

  /** @throws ConfigError for a text that is not YAML or not a mapping */
  constructor(text: string, file: string) {
    this.file = file;
    this.text = text;
    this.source = readSource(text, file, trialKind);
  }

  /** Whether anything has been refused so far. */
  get refused(): boolean {
    return this.#issues.length > 0;
  }

  value(path: Path): unknown {
    return valueAt(path, this.source.value);
  }

  /** Notes what is wrong at a path; a path the file does not hold is placed at what is around it. */
  refuse(path: Path, message: string, { at = 'value', suggestion = null }: RefusalOptions = {}): undefined {
    let position = this.source.locate(path, at);
    for (let depth = path.length - 1; position === null && depth > 0; depth--)
      position = this.source.locate(path.slice(0, depth), 'key');
    const issue = configIssue({ path, message, suggestion, ...position });
    const isRepeated = this.#issues.some((one) => one.message === message && one.line === issue.line);
    if (!isRepeated) this.#issues.push(issue);
    return undefined;
  }

  /** @throws ConfigError with everything that was refused, down the file */
  finish(): void {
    if (this.#issues.length === 0) return;
    const inOrder = this.#issues.toSorted(
      (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
    );
    throw new ConfigError(inOrder, this.file, this.text);
  }

  /** The mapping at a path; `owner` is what it is in words, such as `an endpoint`. */
  mapping(path: Path, owner: string): Mapping | undefined {
    const value = this.value(path);
    if (isMapping(value)) return value;
    const name = pathText(path);
    return this.refuse(
      path,
      value === undefined
        ? `${name} is missing: it must be ${owner}`
        : `${name} must be ${owner}, got ${gotText(value)}`,
    );
  }

  /** Refuses the keys of a mapping that are not among `known`. */
  onlyKeys(path: Path, mapping: Mapping, known: readonly string[], owner: string): boolean {
    const unknown = Object.keys(mapping).filter((key) => !known.includes(key));
    for (const key of unknown) {
      const near = nearest(key, known);
      const suggestion = near === null ? `the keys here are ${known.join(', ')}` : `did you mean ${near}?`;
      this.refuse([...path, key], `${key} is not a key of ${owner}`, { at: 'key', suggestion });
    }
    return unknown.length === 0;
  }

  /** A text of at least one character, `fallback` where it is absent. */
  words(path: Path, fallback?: string): string | undefined {
    const value = this.value(path);
    if (value === undefined && fallback !== undefined) return fallback;
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    return this.#wrong(path, value, 'a sentence');
  }

  /** One of a few words, `fallback` where it is absent. */
  oneOf<Word extends string>(path: Path, words: readonly Word[], fallback?: Word): Word | undefined {
    const value = this.value(path);
    if (value === undefined && fallback !== undefined) return fallback;
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    const near = typeof value === 'string' ? nearest(value, words) : null;
    return this.#wrong(path, value, `one of ${words.join(', ')}`, near);
  }

  /** A number that `fits`, `fallback` where it is absent. */
  number(path: Path, range: string, fits: (value: number) => boolean, fallback?: number): number | undefined {
    const value = this.value(path);
    if (value === undefined && fallback !== undefined) return fallback;
    if (typeof value === 'number' && Number.isFinite(value) && fits(value)) return value;
    return this.#wrong(path, value, range);
  }

  #wrong(path: Path, value: unknown, expected: string, near: string | null = null): undefined {
    const name = pathText(path);
    if (value === undefined) return this.refuse(path, `${name} is missing: it must be ${expected}`);
    const suggestion = near === null ? null : `did you mean ${near}?`;
    return this.refuse(path, `${name} must be ${expected}, got ${gotText(value)}`, { suggestion });
  }
}
