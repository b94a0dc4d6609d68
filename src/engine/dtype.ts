/** Number formats of values: IEEE 754 binary32 and binary64, and 32-bit integers for indices. */

export type Dtype = 'f32' | 'f64' | 'i32';

export const BYTES: Readonly<Record<Dtype, number>> = { f32: 4, f64: 8, i32: 4 };

/** The kernels' code for a dtype. */
export const DTYPE_CODE: Readonly<Record<Dtype, number>> = { f32: 0, f64: 1, i32: 2 };
