/** Rows without their mean row: what varies from token to token. */

/**
 * x_t − mean over t, for rows [count, width]. Rows are taken relative to the first one before they are averaged, so that
 * equal rows give exact zeros and a large common offset costs no digits.
 */
export function centredRows(rows: ArrayLike<number>, count: number, width: number): Float64Array {
  const centred = new Float64Array(count * width);
  const mean = new Float64Array(width);
  for (let t = 0; t < count; t++) {
    for (let j = 0; j < width; j++) {
      const difference = rows[t * width + j] - rows[j];
      centred[t * width + j] = difference;
      mean[j] += difference;
    }
  }
  for (let j = 0; j < width; j++) mean[j] /= count;
  for (let t = 0; t < count; t++) {
    for (let j = 0; j < width; j++) centred[t * width + j] -= mean[j];
  }
  return centred;
}
