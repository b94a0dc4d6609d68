/** Which task a configuration means, before it has been checked. */
import { type TaskName, taskNames } from './index.ts';

/** The task that is written in `raw`; the default where none is, or none that exists (which the schema then refuses). */
export function taskOf(raw: unknown): TaskName {
  const written = typeof raw === 'object' && raw !== null ? (raw as { task?: unknown }).task : undefined;
  return taskNames.find((name) => name === written) ?? 'modular';
}
