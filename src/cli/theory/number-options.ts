/** Values of the theory's options beyond those of other commands: lists of positive numbers, and λ. */

import { UsageError } from '../failure.ts';
import { positive } from '../option-values.ts';

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Parser of an option that takes numbers above 0, comma-separated. */
export function positiveNumbers(option: string): (text: string) => number[] {
  return (text) => text.split(',').map((word) => positive(option)(word.trim()));
}

/** Parser of an option that takes λ: 0 or above. */
export function ridge(option: string): (text: string) => number {
  return (text) => {
    const value = decimal.test(text.trim()) ? Number(text) : Number.NaN;
    if (value >= 0 && Number.isFinite(value)) return value;
    const why = value < 0 ? '; negative weight decay has no minimum' : '';
    throw new UsageError(
      `${option} needs λ of 0 (the limit λ → 0) or above, got ${text.trim() || 'nothing'}${why}`,
    );
  };
}
