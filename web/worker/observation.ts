/** What the lab sees of a training beside its metrics. It reads the evaluated weights and changes nothing. */

import type { MeasuredValues } from 'grokscope';
import type { Moment } from '../run/moment.ts';
import { type ObservedNumbers, openNumbers } from './observed-numbers.ts';
import { type Observed, type Picture, pictures } from './observed-pictures.ts';

/** One training under observation. */
export class Observation {
  #numbers: ObservedNumbers | undefined;
  #pictures: readonly Picture[] | undefined;

  /**
   * Numbers that the settings did not ask for, by column, where they are due.
   * @param evaluation its place in the run, from 0: at 0 all are due
   */
  numbers(snapshot: Observed, evaluation: number, isLast: boolean): MeasuredValues {
    return this.#opened(snapshot).values(snapshot.step, evaluation, isLast);
  }

  /** From one evaluation to the next at which all numbers are due: pictures cost least there. */
  stride(snapshot: Observed): number {
    return this.#opened(snapshot).stride;
  }

  /** What pictures need of this evaluation. */
  moment(snapshot: Observed): Moment {
    this.#pictures ??= pictures.map((open) => open(snapshot.probe));
    return Object.assign({ step: snapshot.step }, ...this.#pictures.map((picture) => picture(snapshot)));
  }

  #opened({ probe }: Observed): ObservedNumbers {
    this.#numbers ??= openNumbers(probe);
    return this.#numbers;
  }
}
