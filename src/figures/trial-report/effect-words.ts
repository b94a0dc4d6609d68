/** Effects, intervals and p-values as the report writes them: few digits, the same on every machine. */
import type { ComparisonResult, Interval } from '../../trials/analysis.ts';
import { valueLabel } from '../number-labels.ts';

/** A number with three significant digits, a true minus sign, ∞ for what has no bound and – for what is unknown. */
export function numberLabel(value: number): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const written = size >= 1000 && size < 100_000 ? String(Math.round(size)) : valueLabel(size);
  return value < 0 && written !== '0' ? `−${written}` : written;
}

/** A difference with its sign, so that it is not taken for a value. */
export function signedLabel(value: number): string {
  const written = numberLabel(value);
  return value > 0 && Number.isFinite(value) ? `+${written}` : written;
}

/** An effect: × 0.72 for a ratio, +12 for a difference. */
export function effectLabel(effect: number, scale: ComparisonResult['scale']): string {
  if (Number.isNaN(effect)) return '–';
  return scale === 'ratio' ? `× ${numberLabel(effect)}` : signedLabel(effect);
}

/** `0.61 to 0.86`. */
export function intervalLabel({ low, high }: Interval, scale: ComparisonResult['scale']): string {
  const written = scale === 'ratio' ? numberLabel : signedLabel;
  return `${written(low)} to ${written(high)}`;
}

/** A p-value with two significant digits; what is smaller than a thousandth is said to be so. */
export function pLabel(p: number): string {
  if (Number.isNaN(p)) return '–';
  if (p < 0.001) return '<0.001';
  return String(Number(p.toPrecision(2)));
}

/** 95 % for a level of 0.05. */
export function confidenceLabel(level: number): string {
  return `${Number((100 * (1 - level)).toPrecision(4))} %`;
}

/** One seed, 3 seeds. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count === 1 ? 'one' : count} ${count === 1 ? one : many}`;
}
