/** Sums over vectors of double precision, in ascending order. */

/** ⟨a, b⟩ */
export function innerProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** ‖a‖² */
export function squaredNorm(a: Float64Array): number {
  return innerProduct(a, a);
}

/** ‖a‖ */
export function norm(a: Float64Array): number {
  return Math.sqrt(squaredNorm(a));
}

/** ‖a − b‖ */
export function distanceBetween(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return Math.sqrt(sum);
}

/** a + s·b, written into a. */
export function addScaled(a: Float64Array, s: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i] += s * b[i];
}

/** cos(a, b); NaN where one of them is 0. */
export function cosine(a: Float64Array, b: Float64Array): number {
  return innerProduct(a, b) / (norm(a) * norm(b));
}
