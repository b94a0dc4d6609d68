/** Whole powers by repeated squaring: a pure function with the same bits everywhere, unlike Math.pow. */

/** base^exponent for a whole exponent ≥ 0, within about 2·log₂(exponent) roundings. */
export function wholePower(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
