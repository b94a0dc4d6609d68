/** Numbers as people read them on axes and beside lines; never dependent on the locale of the host. */

const SI: readonly [number, string][] = [
  [1e18, 'E'],
  [1e15, 'P'],
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];
const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 0, 250, 1k, 2.5k, 10M: at most four digits and an SI prefix. */
export function siLabel(value: number): string {
  const [unit, prefix] = SI.find(([size]) => Math.abs(value) >= size) ?? [1, ''];
  return `${Number((value / unit).toPrecision(4))}${prefix}`;
}

/** A step in full: 1,234,567. */
export function stepLabel(step: number): string {
  return String(step).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A power of ten as 10⁻⁴. */
export function powerLabel(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPT[Number(digit)]).join('');
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}

/** A measured value with three significant digits: 0.0123, 4.56, 123, 1.2·10⁻⁵. */
export function valueLabel(value: number): string {
  if (value === 0) return '0';
  const [mantissa, exponent] = value.toExponential(2).split('e').map(Number);
  if (exponent >= -3 && exponent < 5) return String(Number(value.toPrecision(3)));
  return `${Number(mantissa.toPrecision(2))}·${powerLabel(exponent)}`;
}

/** An accuracy as percent. 100 % means every example: what only rounds to it is shown as > 99.9 %. */
export function percentLabel(fraction: number): string {
  if (fraction < 1 && fraction >= 0.9995) return '>99.9%';
  return `${Number((100 * fraction).toFixed(1))}%`;
}
