/** A rule between keys that a configuration breaks: what a schema cannot say. */
import type { ConfigIssue, Path } from './error.ts';

export interface BrokenRule {
  issue: ConfigIssue;
  /** Other keys that take part in the rule: the place is the first that the user has written. */
  others: readonly Path[];
}
