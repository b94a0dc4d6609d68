/** The words for values: what a schema node expects, and what came instead. */
import { namePattern } from './experiment.ts';
import { isTuple, type SchemaNode } from './json-schema.ts';
import { nearest } from './suggest.ts';
import { groupNames, groupPattern } from './tasks/group.ts';

/** `a whole number from 2 to 46340`, `one of add, sub, …`, `true or false`, … */
export function expectedText(node: SchemaNode): string {
  if (node.anyOf !== undefined) return node.anyOf.map(expectedText).join(' or ');
  if (node.const !== undefined) return node.const;
  if (node.enum !== undefined)
    return node.enum.length === 1 ? node.enum[0] : `one of ${node.enum.join(', ')}`;
  if (node.type === 'integer') return `a whole number${rangeText(node)}`;
  if (node.type === 'number') return `a number${rangeText(node)}`;
  if (node.type === 'boolean') return 'true or false';
  if (node.type === 'array') return isTuple(node.items) ? listText(node.items) : listOf(node.items);
  if (node.type === 'object') return 'a mapping of keys to values';
  if (node.type === 'null') return 'null';
  return patterns.get(node.pattern ?? '') ?? 'text';
}

/** The words for texts of a pattern. */
const patterns = new Map([
  [namePattern.source, '1 to 100 characters that can name a folder'],
  [groupPattern.source, groupNames],
]);

/** 2³¹ − 1 and more only say "fits the format": not worth a word. */
const UNBOUNDED = 2 ** 31 - 1;

function rangeText(node: SchemaNode): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = node;
  const bounded = maximum !== undefined && (maximum < UNBOUNDED || maximum === 0xffffffff);
  if (minimum !== undefined && bounded) return ` from ${minimum} to ${maximum}`;
  const low =
    minimum !== undefined
      ? `of at least ${minimum}`
      : exclusiveMinimum !== undefined
        ? `above ${exclusiveMinimum}`
        : '';
  const high = bounded
    ? `of at most ${maximum}`
    : exclusiveMaximum !== undefined
      ? `below ${exclusiveMaximum}`
      : '';
  if (low === '' && high === '') return '';
  return ` ${[low, high].filter((part) => part !== '').join(' and ')}`;
}

function listText(items: readonly SchemaNode[]): string {
  const kinds = new Set(items.map(expectedText));
  const each = kinds.size === 1 ? `, each ${[...kinds][0]}` : '';
  return `a list of ${items.length} numbers${each}`;
}

function listOf(item: SchemaNode | undefined): string {
  return item === undefined ? 'a list' : `a list of ${expectedText(item)}s`;
}

/** The value as it would be named to a person: `"abc"`, `2.5`, `a list`, `nothing`. */
export function gotText(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length <= 4 ? `the list ${flowList(value)}` : 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  return String(value);
}

function flowList(values: readonly unknown[]): string {
  return `[${values.map((value) => gotText(value)).join(', ')}]`;
}

/** What to write instead of a value that looks like one from a neighbouring notation or a slip of the finger. */
export function valueSuggestion(value: unknown, node: SchemaNode): string | null {
  if (value === null && node.type === 'object') return 'give it keys, or leave it out';
  if (typeof value !== 'string') return null;
  const wanted = [node, ...(node.anyOf ?? [])];
  const name = nearest(
    value,
    wanted.flatMap((option) => option.enum ?? (option.const === undefined ? [] : [option.const])),
  );
  if (name !== null) return `did you mean ${name}?`;
  const kinds = wanted.map((option) => option.type);
  if (kinds.includes('boolean')) {
    if (/^(yes|on|true)$/i.test(value)) return 'write true';
    if (/^(no|off|false)$/i.test(value)) return 'write false';
  }
  if (kinds.includes('null') && /^(none|nil|off)$/i.test(value)) return 'write null';
  if (kinds.includes('number') || kinds.includes('integer')) {
    const plain = value.replace(/[_,\s]/g, '');
    if (plain !== '' && Number.isFinite(Number(plain))) return `write the number without quotes: ${plain}`;
  }
  return null;
}
