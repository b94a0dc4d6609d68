/** The line in which charts draw a run, beside its name. */

import type { Meaning } from '../../src/figures/palette.ts';

export function LineSample({ color }: { color: Meaning }) {
  return (
    <svg width="18" height="8" aria-hidden="true">
      <path d="M0,4H18" stroke={`var(--gs-${color})`} stroke-width="3" />
    </svg>
  );
}
