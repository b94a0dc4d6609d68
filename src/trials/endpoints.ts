/** What a trial reads off a finished run, as pure functions of its metrics: times with censoring, leads, values, changes. */

import { findMilestones, type MilestoneOptions, type Milestones } from '../training/milestones.ts';
import { accuracyCurvesOf, type MetricsRow, seriesOf } from '../training/summary.ts';
import type { EndpointValue } from './results.ts';
import type { Endpoint, Moment, RunEvent, Split } from './trial.ts';

/** A run as endpoints see it. */
export interface ObservedRun {
  readonly rows: readonly MetricsRow[];
  readonly milestones: MilestoneOptions;
  /** Steps at which events that did not happen are censored. */
  readonly budget: number;
  /** Whether its numbers left the floats: what had not happened by then never does. */
  readonly diverged: boolean;
}

type Series = readonly { readonly step: number; readonly value: number }[];

/** Every endpoint of one run. */
export function endpointValues(
  endpoints: Readonly<Record<string, Endpoint>>,
  run: ObservedRun,
): Record<string, EndpointValue> {
  const reader = new RunEvents(run);
  return Object.fromEntries(
    Object.entries(endpoints).map(([name, endpoint]) => [name, reader.endpoint(endpoint)]),
  );
}

const missing: EndpointValue = { value: null, observed: false };

class RunEvents {
  readonly #run: ObservedRun;
  readonly #milestones: Milestones;

  constructor(run: ObservedRun) {
    this.#run = run;
    this.#milestones = findMilestones(accuracyCurvesOf(run.rows), run.milestones);
  }

  endpoint(endpoint: Endpoint): EndpointValue {
    switch (endpoint.kind) {
      case 'time':
        return this.#time(endpoint.event, endpoint.after);
      case 'lead':
        return this.#lead(endpoint.event, endpoint.over);
      case 'value':
        return known(this.#at(endpoint.column, endpoint.split, endpoint.at));
      case 'change': {
        const from = this.#at(endpoint.column, endpoint.split, endpoint.from);
        const to = this.#at(endpoint.column, endpoint.split, endpoint.to);
        return from === null || to === null ? missing : known(to - from);
      }
    }
  }

  /**
   * Where a run ended before its budget, because it had grokked, an event that had not come is censored there: nobody
   * looked on. A run that diverged will never have it, and is censored at the budget.
   */
  get #censoring(): number {
    const { budget, diverged } = this.#run;
    return diverged ? budget : Math.min(budget, this.#milestones.last_step ?? budget);
  }

  #time(event: RunEvent, after: RunEvent | null): EndpointValue {
    const step = this.#step(event);
    const start = after === null ? 0 : this.#step(after);
    if (start === null) {
      // What has happened before its start came did not have to be waited for; else the wait never began.
      return step === null ? missing : { value: 0, observed: true };
    }
    return { value: Math.max(0, (step ?? this.#censoring) - start), observed: step !== null };
  }

  #lead(event: RunEvent, over: RunEvent): EndpointValue {
    const { budget } = this.#run;
    const [first, second] = [this.#step(event), this.#step(over)];
    return { value: (second ?? budget) - (first ?? budget), observed: first !== null && second !== null };
  }

  #step(event: RunEvent): number | null {
    if ('milestone' in event) {
      const { memorized_step, grokked_step, first_crossing_step } = this.#milestones;
      return { memorized: memorized_step, grokked: grokked_step, first_crossing: first_crossing_step }[
        event.milestone
      ];
    }
    const series = this.#series(event.column, event.split);
    if ('share' in event) return this.#shareStep(series, event.share, event.patience);
    const { direction, value: bound } = event;
    const holds = (value: number) => (direction === 'reaches' ? value >= bound : value <= bound);
    return firstLasting(series, holds, event.patience);
  }

  /** Of a run that diverged nobody knows where its column was going. */
  #shareStep(series: Series, share: number, patience: number): number | null {
    const finite = series.filter(({ value }) => Number.isFinite(value));
    const [first, last] = [finite.at(0)?.value, finite.at(-1)?.value];
    if (first === undefined || last === undefined || first === last || this.#run.diverged) return null;
    return firstLasting(series, (value) => (value - first) / (last - first) >= share, patience);
  }

  #at(column: string, split: Split, moment: Moment): number | null {
    const series = this.#series(column, split).filter(({ value }) => Number.isFinite(value));
    if (moment === 'first') return series.at(0)?.value ?? null;
    if (moment === 'last') return series.at(-1)?.value ?? null;
    const { memorized_step, grokked_step, last_step } = this.#milestones;
    const steps = { memorized: memorized_step, grokked: grokked_step };
    const step = typeof moment === 'number' ? moment : steps[moment];
    // A run that grokked and ended early stays as it is; one that diverged has no later steps.
    const isMissing = step === null || (this.#run.diverged && step > (last_step ?? 0));
    return isMissing ? null : (series.findLast((one) => one.step <= step)?.value ?? null);
  }

  #series(column: string, split: Split): Series {
    return seriesOf(this.#run.rows, split, column);
  }
}

function known(value: number | null): EndpointValue {
  return value === null ? missing : { value, observed: true };
}

/** The first of `patience` evaluations running that all hold; a NaN holds nothing. */
function firstLasting(series: Series, holds: (value: number) => boolean, patience: number): number | null {
  let length = 0;
  for (let index = 0; index < series.length; index++) {
    length = holds(series[index].value) ? length + 1 : 0;
    if (length === patience) return series[index - patience + 1].step;
  }
  return null;
}
