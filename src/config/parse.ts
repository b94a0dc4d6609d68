/** Text or object → resolved experiment: schema, defaults, rules, and the place of everything that is wrong. */
import { ConfigError, type ConfigIssue, type Path } from './error.ts';
import {
  type Experiment,
  type ExperimentInput,
  experimentSchemas,
  namePattern,
  resolveDefaults,
} from './experiment.ts';
import { noticesOf } from './notices.ts';
import { applyOverrides, type Override, overrideOf, parseOverrides } from './overrides.ts';
import { brokenRules } from './rules.ts';
import { readSource, type Source } from './source.ts';
import type { TaskName } from './tasks/index.ts';
import { taskOf } from './tasks/written-task.ts';
import { violationsOf } from './violations.ts';

export interface LoadedExperiment<Task extends TaskName = TaskName> {
  experiment: Experiment<Task>;
  /** Sentences about keys that are accepted but have no effect. */
  notices: string[];
}

export interface ParseOptions {
  /** Name of the file for messages; its base name is the default of `name`. */
  file?: string;
  /** `section.key=value`, applied in order. */
  overrides?: readonly string[];
}

const UNNAMED = 'experiment';

/**
 * Reads the text of a configuration file.
 * @throws {ConfigError} with every issue found, each with its line and column or its override
 */
export function parseExperiment(text: string, options: ParseOptions = {}): LoadedExperiment {
  const file = options.file ?? null;
  const source = readSource(text, file);
  return resolveExperiment({ source, text, file, overrides: parseOverrides(options.overrides ?? []) });
}

/**
 * The same for an object, as a library user writes it: `experimentFromObject({ dataset: { N: 97 } })`.
 * @throws {ConfigError} with every issue found
 */
export function experimentFromObject(
  input: ExperimentInput<'modular'>,
  options?: Pick<ParseOptions, 'overrides'>,
): LoadedExperiment<'modular'>;
export function experimentFromObject(
  input: ExperimentInput,
  options?: Pick<ParseOptions, 'overrides'>,
): LoadedExperiment;
export function experimentFromObject(
  input: ExperimentInput,
  options: Pick<ParseOptions, 'overrides'> = {},
): LoadedExperiment {
  const source: Source = { value: input, locate: () => null };
  return resolveExperiment({
    source,
    text: '',
    file: null,
    overrides: parseOverrides(options.overrides ?? []),
  });
}

/** An experiment that was read, and what is put over it. */
export interface ExperimentSource {
  source: Source;
  /** The text that the source's places are of. */
  text: string;
  file: string | null;
  overrides: readonly Override[];
}

/**
 * Checks and completes an experiment that was read already.
 * @throws {ConfigError} with every issue found, each with its line and column or the text of its override
 */
export function resolveExperiment(subject: ExperimentSource): LoadedExperiment {
  const { source, text, file, overrides } = subject;
  const raw = applyOverrides(source.value, overrides);
  const parsed = experimentSchemas[taskOf(raw)].safeParse(raw);
  if (!parsed.success) {
    const issues = violationsOf(parsed.error.issues, raw).map(({ issue, at }) =>
      placed(issue, [issue.path], at, subject),
    );
    throw new ConfigError(inReadingOrder(issues), file, text);
  }
  const experiment = resolveDefaults(parsed.data, nameOf(file));
  const broken = brokenRules(experiment);
  if (broken.length > 0) {
    const issues = broken.map(({ issue, others }) =>
      placed(issue, [issue.path, ...others], 'value', subject),
    );
    throw new ConfigError(inReadingOrder(issues), file, text);
  }
  return { experiment, notices: noticesOf(experiment) };
}

/** The place of the first of `paths` that an override or the file gives, else of the section around the first. */
function placed(
  issue: ConfigIssue,
  paths: readonly Path[],
  at: 'key' | 'value',
  subject: ExperimentSource,
): ConfigIssue {
  for (const path of paths) {
    const override = overrideOf(path, subject.overrides);
    if (override !== null) return { ...issue, override: override.text };
  }
  for (const path of paths) {
    const position = subject.source.locate(path, at);
    if (position !== null) return { ...issue, ...position };
  }
  for (let depth = issue.path.length - 1; depth > 0; depth--) {
    const position = subject.source.locate(issue.path.slice(0, depth), 'key');
    if (position !== null) return { ...issue, ...position };
  }
  return issue;
}

/** What has no line (overrides) first, then down the file. */
function inReadingOrder(issues: readonly ConfigIssue[]): ConfigIssue[] {
  return issues.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

/** `configs/r1.yaml` → `r1`; names that cannot be folders are not taken from files. */
function nameOf(file: string | null): string {
  const base = file?.split(/[/\\]/).pop() ?? '';
  const name = base.replace(/\.[^.]+$/, '');
  return namePattern.test(name) ? name : UNNAMED;
}
