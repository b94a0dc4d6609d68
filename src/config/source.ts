/** YAML 1.2 (core schema) text to a plain value, with the line and column of every key and value kept at hand. */

import type { YAMLParseError } from 'yaml';
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { ConfigError, type ConfigIssue, configIssue, type Path } from './error.ts';

export interface Position {
  /** Both from 1. */
  line: number;
  column: number;
}

export interface Source {
  value: unknown;
  /** Where a key or its value stands; null if the file does not hold that path. */
  locate(path: Path, at: 'key' | 'value'): Position | null;
}

/** What a file is to hold, as messages call it, and where to start when there is nothing in it. */
export interface SourceKind {
  /** `an experiment` */
  name: string;
  example: string;
  start: string;
}

const experimentKind: SourceKind = {
  name: 'an experiment',
  example: 'seed: 1',
  start: 'start from one of the presets (`grokscope presets`)',
};

/**
 * Reads one YAML document.
 * @throws {ConfigError} for a text that is empty, not YAML, not a mapping, or that gives a key twice
 */
export function readSource(text: string, file: string | null, kind: SourceKind = experimentKind): Source {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, schema: 'core' });
  if (document.errors.length > 0)
    throw new ConfigError(syntaxIssues(document.errors, text, counter, kind), file, text);
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null))
    throw new ConfigError([emptyIssue(kind)], file, text);
  if (!isMap(document.contents))
    throw new ConfigError([notMappingIssue(kind, positionAt(document.contents, counter))], file, text);
  return {
    value: plainValue(document, text, file, counter),
    locate: (path, at) => locate(document, path, at, counter),
  };
}

function emptyIssue({ name, start }: SourceKind): ConfigIssue {
  return configIssue({
    message: `the file is empty, but ${name} is a mapping of keys to values`,
    expected: 'a mapping of keys to values',
    got: 'nothing',
    suggestion: start,
  });
}

function notMappingIssue({ name, example }: SourceKind, position: Position | null): ConfigIssue {
  return configIssue({
    message: `${name} must be a mapping of keys to values such as \`${example}\``,
    expected: 'a mapping of keys to values',
    ...position,
  });
}

/** The document as plain JavaScript. Aliases are looked up here; too many of them (a "billion laughs") are refused. */
function plainValue(
  document: Document.Parsed,
  text: string,
  file: string | null,
  counter: LineCounter,
): unknown {
  const issues: ConfigIssue[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) === undefined)
        issues.push(
          configIssue({
            message: `the alias *${alias.source} has no anchor &${alias.source} before it`,
            got: `*${alias.source}`,
            ...positionAt(alias, counter),
          }),
        );
    },
  });
  if (issues.length > 0) throw new ConfigError(issues, file, text);
  try {
    return document.toJS();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([configIssue({ message: `not usable YAML: ${sentence(reason)}` })], file, text);
  }
}

/** Errors after the first are mostly its consequences; repeated keys are independent of each other. */
function syntaxIssues(
  errors: readonly YAMLParseError[],
  text: string,
  counter: LineCounter,
  { name }: SourceKind,
): ConfigIssue[] {
  const broken = errors.find((error) => error.code !== 'DUPLICATE_KEY');
  const shown = broken === undefined ? errors : [broken];
  return shown.map((error) => {
    const { line, col } = counter.linePos(error.pos[0]);
    const position = { line, column: col };
    if (error.code === 'DUPLICATE_KEY') {
      const key = /^[^\s:,{}[\]]+/.exec(text.slice(error.pos[0]))?.[0] ?? 'a key';
      const suggestion = 'keep one of the two';
      return configIssue({ message: `the key ${key} is given twice`, got: key, suggestion, ...position });
    }
    if (error.code === 'MULTIPLE_DOCS') {
      const suggestion = `keep one ${name.replace(/^an? /, '')} per file`;
      return configIssue({ message: 'a second YAML document begins here', suggestion, ...position });
    }
    const suggestion = error.code === 'TAB_AS_INDENT' ? 'indent with spaces' : null;
    return configIssue({ message: `not valid YAML: ${sentence(error.message)}`, suggestion, ...position });
  });
}

function sentence(message: string): string {
  const first = message.split('\n')[0];
  return first.charAt(0).toLowerCase() + first.slice(1);
}

function locate(
  document: Document.Parsed,
  path: Path,
  at: 'key' | 'value',
  counter: LineCounter,
): Position | null {
  let node: unknown = document.contents;
  let keyNode: unknown = node;
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => (isScalar(item.key) ? String(item.key.value) : '') === key);
      if (pair === undefined) return null;
      keyNode = pair.key;
      node = pair.value;
    } else if (isSeq(node) && typeof key === 'number' && key < node.items.length) {
      node = node.items[key];
      keyNode = node;
    } else return null;
  }
  return positionAt(at === 'key' ? keyNode : node, counter) ?? positionAt(keyNode, counter);
}

function positionAt(node: unknown, counter: LineCounter): Position | null {
  const range = (node as Node | null)?.range;
  if (range === undefined || range === null) return null;
  const { line, col } = counter.linePos(range[0]);
  return { line, column: col };
}
