/** Bytes of a register of an elementwise group: one chunk of 256 f32 or 128 f64 (kernels/elementwise.ts). */
export const REGISTER_BYTES = 1024;
