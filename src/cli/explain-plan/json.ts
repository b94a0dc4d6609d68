/** An explained plan for programs: the same facts under keys in snake case. */

import type { PlanExplanation } from './explanation.ts';

function snake(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Everything but `instructions`, whose keys are names of the kernels'. */
function snakeKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      snake(key),
      key === 'instructions' ? inner : snakeKeys(inner),
    ]),
  );
}

/** The object that `--json` prints. */
export function explanationJson(explanation: PlanExplanation): unknown {
  return snakeKeys(explanation);
}
