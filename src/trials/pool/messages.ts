/** What the pool and a process that performs runs for it say to each other. */

import type { JobEnd, RunJob } from './perform-run.ts';

export type ToProcess = { readonly say: 'perform'; readonly job: RunJob } | { readonly say: 'stop' };

export type FromProcess =
  | { readonly say: 'step'; readonly step: number }
  | { readonly say: 'end'; readonly end: JobEnd }
  /** What nobody foresaw. */
  | { readonly say: 'error'; readonly text: string };
