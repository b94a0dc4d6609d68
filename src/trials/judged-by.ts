/** Which changes of a trial's file after its first run may bear on the verdict, and which are mere words beside it. */

import type { ConfigDifference } from '../runs/run-id.ts';

/** Who claims it, what the runs cannot show, and what an arm is in words. */
const NOTHING_IS_JUDGED_BY = /^(source|limits)(\.|\[|$)|^arms\..*\.about$/;

/** Whether a verdict may depend on what was changed, or is read otherwise for it. */
export function isJudgedBy({ key }: ConfigDifference): boolean {
  return !NOTHING_IS_JUDGED_BY.test(key);
}
