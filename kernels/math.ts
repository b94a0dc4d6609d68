// The elementary functions of the kernels, our own from end to end, so that every processor and engine gives the same bits.
// T is f32 (four lanes) or f64 (two); NaN gives NaN; results below the smallest normal are +0.
// The stated errors were measured at every 37th f32 of the range and at tens of thousands of f64, against exact series.

export { flush } from './bits';
export { verf } from './erf';
export { vexp } from './exp';
export { vlog } from './log';
export { vcos, vsin } from './sine';
export { vtanh } from './tanh';
