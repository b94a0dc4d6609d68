/** Errors of configuration are values first (what, where, expected, got); their rendering lives in this one place. */

export type Path = readonly (string | number)[];

/** One fault of a configuration: what, where, what was expected, what came, what to do. */
export interface ConfigIssue {
  /** The key at fault, e.g. `['dataset', 'N']`; empty for the file as a whole. */
  path: Path;
  /** One sentence without its place. */
  message: string;
  expected: string | null;
  got: string | null;
  /** What to do, e.g. `did you mean train_fraction?`. */
  suggestion: string | null;
  /** From 1; null when the fault is in no line of the file. */
  line: number | null;
  column: number | null;
  /** The override at fault, as it was written (`train.lr=0`). */
  override: string | null;
}

/** A configuration that cannot be used. `message` is the rendering of all issues. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly issues: readonly ConfigIssue[];
  readonly file: string | null;

  /** @param text the source of the file, quoted under each issue that has a line */
  constructor(issues: readonly ConfigIssue[], file: string | null = null, text = '') {
    super(issues.map((issue) => renderIssue(issue, file, text)).join('\n'));
    this.issues = issues;
    this.file = file;
  }
}

/** An issue with everything unsaid left empty. */
export function configIssue(issue: Partial<ConfigIssue> & { message: string }): ConfigIssue {
  return {
    path: [],
    expected: null,
    got: null,
    suggestion: null,
    line: null,
    column: null,
    override: null,
    ...issue,
  };
}

/** `dataset.N`, `train.betas[0]`. */
export function pathText(path: Path): string {
  return path
    .map((key, depth) => (typeof key === 'number' ? `[${key}]` : depth === 0 ? key : `.${key}`))
    .join('');
}

/** Enough for every sensible configuration line in a terminal; longer lines are cut around the caret. */
const QUOTED_WIDTH = 120;

/** `file:line:column: message`, the line, a caret, the suggestion. */
export function renderIssue(issue: ConfigIssue, file: string | null, text: string): string {
  const lines = [`${place(issue, file)}${issue.message}`];
  if (issue.line !== null && issue.column !== null) {
    const source = text.split(/\r\n|\r|\n/)[issue.line - 1] ?? '';
    const start = Math.max(0, issue.column - QUOTED_WIDTH);
    const end = start + QUOTED_WIDTH + 20;
    const before = source.slice(start, issue.column - 1).replace(/[^\t]/g, ' ');
    lines.push(`  ${source.slice(start, end)}`, `  ${before}^`);
  }
  if (issue.suggestion !== null) lines.push(`  ${issue.suggestion}`);
  return lines.join('\n');
}

function place(issue: ConfigIssue, file: string | null): string {
  if (issue.override !== null) return `override ${issue.override}: `;
  const name = file ?? (issue.line === null ? null : 'configuration');
  if (name === null) return '';
  return issue.line === null ? `${name}: ` : `${name}:${issue.line}:${issue.column}: `;
}
