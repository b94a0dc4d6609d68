/** Arrays come to the measures flat, with their shape beside them: the one check that both agree. */

/**
 * Passes where `values` holds an array of that shape, row by row.
 *
 * @param operation the measure that asks, the first word of the message
 * @param name of the array in it
 * @throws {RangeError} where a length of the shape is no whole number of at least 1, or the array is shorter or longer
 */
export function requireShape(
  operation: string,
  name: string,
  values: ArrayLike<number>,
  shape: readonly number[],
): void {
  const form = shape.join(' × ');
  if (!shape.every((length) => Number.isInteger(length) && length >= 1)) {
    throw new RangeError(
      `${operation}: the shape of ${name} must be whole numbers of at least 1, got ${form}; measure something that is there`,
    );
  }
  const size = shape.reduce((product, length) => product * length, 1);
  if (values.length !== size) {
    const expected = shape.length === 1 ? form : `${form} = ${size}`;
    throw new RangeError(
      `${operation}: ${name} must hold ${expected} numbers, got ${values.length}; give it whole, row by row`,
    );
  }
}
