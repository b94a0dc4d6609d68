/** Whether what a trial reads off its runs is in them: columns that are logged, splits, moments, budgets that agree. */

import type { Path } from '../../config/error.ts';
import { columnAdvice, loggedColumns, loggedSplits } from '../logged-columns.ts';
import type { Comparison, Endpoint, Moment, Rule, RunEvent, Split } from '../trial.ts';
import type { ReadArm } from './arms.ts';
import type { Reading } from './reading.ts';

/** A column that an endpoint reads, and where the file says so. */
interface Use {
  readonly column: string;
  readonly split: Split;
  readonly at: Path;
  readonly place: Path;
}

/** Refuses endpoints that no arm can have, and comparisons of what their arms do not log or cannot be compared in. */
export function checkFitness(
  reading: Reading,
  arms: readonly ReadArm[],
  endpoints: Readonly<Record<string, Endpoint>>,
  rule: Rule,
): void {
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const compared = rule.comparisons.filter((one) => uses(one, name));
    // Read off every arm, needed where it is compared; an endpoint that is only reported is needed in one arm.
    const needed = compared.flatMap((one) => armsOf(one, arms));
    const missing = needed.length > 0 ? needed.find((arm) => lacks(arm, endpoint)) : undefined;
    const nowhere = needed.length === 0 && arms.length > 0 && arms.every((arm) => lacks(arm, endpoint));
    const arm = missing ?? (nowhere ? arms[0] : undefined);
    if (arm !== undefined) refuseLack(reading, arm, ['endpoints', name], endpoint);
    checkMoments(reading, name, endpoint, arms);
  }
  for (const comparison of rule.comparisons) checkBudgets(reading, comparison, endpoints, arms);
}

function uses({ endpoint, against }: Comparison, name: string): boolean {
  return endpoint === name || ('endpoint' in against && against.endpoint === name);
}

function armsOf({ arm, against }: Comparison, arms: readonly ReadArm[]): ReadArm[] {
  return arms.filter(({ name }) => name === arm || ('arm' in against && against.arm === name));
}

function lacks(arm: ReadArm, endpoint: Endpoint): boolean {
  return usesOf(endpoint, []).some((use) => lackOf(arm, use) !== undefined);
}

function lackOf({ sample }: ReadArm, { column, split }: Use): 'column' | 'split' | undefined {
  if (!loggedColumns(sample).includes(column)) return 'column';
  return loggedSplits(sample).includes(split) ? undefined : 'split';
}

function refuseLack(reading: Reading, arm: ReadArm, path: Path, endpoint: Endpoint): void {
  for (const use of usesOf(endpoint, path)) {
    const lack = lackOf(arm, use);
    if (lack === 'column')
      reading.refuse(use.at, `the runs of arm ${arm.name} do not log a column ${use.column}`, {
        suggestion: columnAdvice(use.column, arm.sample),
      });
    if (lack === 'split')
      reading.refuse([...use.place, 'split'], `the runs of arm ${arm.name} have no split ${use.split}`, {
        suggestion: 'without a validation set (dataset.val_fraction) the held-out examples are the split val',
      });
  }
}

function usesOf(endpoint: Endpoint, path: Path): Use[] {
  const ofEvent = (event: RunEvent | null, key: string): Use[] =>
    event === null || 'milestone' in event
      ? []
      : [{ column: event.column, split: event.split, at: [...path, key, 'column'], place: [...path, key] }];
  if (endpoint.kind === 'time')
    return [...ofEvent(endpoint.event, 'time'), ...ofEvent(endpoint.after, 'after')];
  if (endpoint.kind === 'lead')
    return [...ofEvent(endpoint.event, 'lead'), ...ofEvent(endpoint.over, 'over')];
  const { kind, column, split } = endpoint;
  return [{ column, split, at: [...path, kind], place: path }];
}

function checkMoments(reading: Reading, name: string, endpoint: Endpoint, arms: readonly ReadArm[]): void {
  const written: [string, Moment][] =
    endpoint.kind === 'value'
      ? [['at', endpoint.at]]
      : endpoint.kind === 'change'
        ? [
            ['from', endpoint.from],
            ['to', endpoint.to],
          ]
        : [];
  for (const [key, moment] of written) {
    const short = arms.find(({ sample }) => typeof moment === 'number' && moment > sample.train.total_steps);
    if (short === undefined) continue;
    const { total_steps } = short.sample.train;
    const message = `step ${moment} does not come in the runs of arm ${short.name}, which end at ${total_steps}`;
    reading.refuse(['endpoints', name, key], message, { suggestion: 'write last, or an earlier step' });
  }
}

/** Censored times of different budgets say nothing of which arm is sooner. */
function checkBudgets(
  reading: Reading,
  comparison: Comparison,
  endpoints: Readonly<Record<string, Endpoint>>,
  arms: readonly ReadArm[],
): void {
  const { kind } = endpoints[comparison.endpoint];
  const [first, other] = armsOf(comparison, arms);
  if ((kind !== 'time' && kind !== 'lead') || first === undefined || other === undefined) return;
  const budgets = [first, other].map(({ sample }) => sample.train.total_steps);
  if (budgets[0] === budgets[1]) return;
  const message = `${comparison.endpoint} is a ${kind}, but the budgets differ: ${first.name} has ${budgets[0]} steps and ${other.name} ${budgets[1]}`;
  reading.refuse(['rule', 'comparisons', comparison.name, 'against'], message, {
    suggestion: 'give both arms the same train.total_steps',
  });
}
