/** Overrides `section.key=value` from the command line: the value is YAML, the last one given for a key wins. */
import { parseDocument } from 'yaml';
import { ConfigError, type ConfigIssue, configIssue, type Path } from './error.ts';

export interface Override {
  /** As it was written. */
  text: string;
  path: readonly string[];
  value: unknown;
}

/** @throws {ConfigError} naming every override that is not `section.key=value` */
export function parseOverrides(texts: readonly string[]): Override[] {
  const issues: ConfigIssue[] = [];
  const overrides: Override[] = [];
  for (const text of texts) {
    const equals = text.indexOf('=');
    const path = text.slice(0, equals).trim().split('.');
    const document = parseDocument(text.slice(equals + 1), { prettyErrors: false, schema: 'core' });
    const error = document.errors[0];
    if (equals < 0 || path.includes('')) issues.push(notAnOverride(text));
    else if (error !== undefined) {
      const message = `its value is not valid YAML: ${error.message.split('\n')[0]}`;
      issues.push(configIssue({ path, message, override: text }));
    } else {
      try {
        overrides.push({ text, path, value: document.toJS() });
      } catch (reason) {
        // An alias without an anchor, or too many of them.
        const [first] = String(reason instanceof Error ? reason.message : reason).split('\n');
        issues.push(configIssue({ path, message: `its value is not usable YAML: ${first}`, override: text }));
      }
    }
  }
  if (issues.length > 0) throw new ConfigError(issues);
  return overrides;
}

function notAnOverride(text: string): ConfigIssue {
  return configIssue({
    message: 'an override must be written section.key=value',
    expected: 'section.key=value',
    got: text,
    suggestion: 'for example train.lr=3e-4',
    override: text,
  });
}

/** A copy of `raw` with every override put in its place; sections that are missing are made. */
export function applyOverrides(raw: unknown, overrides: readonly Override[]): unknown {
  return overrides.reduce((value, override) => withValueAt(value, override.path, override.value), raw);
}

function withValueAt(raw: unknown, path: readonly string[], value: unknown): unknown {
  if (path.length === 0) return value;
  const [key, ...rest] = path;
  const isMapping = typeof raw === 'object' && raw !== null && !Array.isArray(raw);
  const entries = new Map<string, unknown>(isMapping ? Object.entries(raw) : []);
  entries.set(key, withValueAt(entries.get(key), rest, value));
  return Object.fromEntries(entries);
}

/** The last override that sets `path` itself or a section around it. */
export function overrideOf(path: Path, overrides: readonly Override[]): Override | null {
  const sets = (override: Override) => override.path.every((key, depth) => key === path[depth]);
  return overrides.findLast(sets) ?? null;
}
