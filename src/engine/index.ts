/** The engine's face: expressions, gradients, and the machine that runs them. It knows nothing of grokking. */

export type { Dtype } from './dtype.ts';
export { EngineError, ThreadError } from './errors.ts';
export type { Expr } from './expression.ts';
export { economize } from './factoring/index.ts';
export { countOperations } from './factoring/operation-count.ts';
export { computeOnlyWhatIsRead } from './factoring/read-parts.ts';
export { gradient, hvp, jvp, vjp } from './gradient.ts';
export type { KernelMode } from './kernels.ts';
export type { Values } from './layout.ts';
export { Machine, type MachineOptions, predictBytes } from './machine.ts';
export { NUMERIC_VERSION } from './numeric-version.ts';
export {
  add,
  div,
  equal,
  greater,
  maximum,
  minimum,
  mul,
  mulAdd,
  neg,
  type Operand,
  select,
  sub,
  zeroBelow,
} from './operations/arithmetic.ts';
export { broadcastExamples, broadcastTo, sum, sumExamples } from './operations/broadcast.ts';
export { cast, stopGradient } from './operations/cast.ts';
export { dropoutMask } from './operations/dropout.ts';
export { einsum, einsumOverExamples, matmul } from './operations/einsum.ts';
export {
  abs,
  cos,
  erf,
  exp,
  log,
  reciprocal,
  relu,
  sign,
  sin,
  sqrt,
  square,
  step,
  tanh,
} from './operations/functions.ts';
export { gather, scatterAdd } from './operations/gather.ts';
export { constant, exampleCount, input, parameter } from './operations/leaf.ts';
export { max } from './operations/maximum-axis.ts';
export { mean, meanExamples } from './operations/mean.ts';
export { permute, reshape } from './operations/reshape.ts';
export { concat, pad, slice } from './operations/slice.ts';
export { logSoftmax, softmax } from './operations/softmax.ts';
export { argmax, oneHot, place, take } from './operations/take.ts';
export { uniform } from './operations/uniform.ts';
export { Stream } from './philox.ts';
export type { Graph } from './plan/graph.ts';
export type { Program } from './program.ts';
export { allowRevectorizer, type Revectorizer, revectorizer } from './revectorizer.ts';
export { formatShape, type Shape, sizeOf } from './shape.ts';
export { type KernelSpeed, measureSpeed, type SpeedReport, type SpeedUnit } from './speed.ts';
export type { TileChoice, Tiles } from './tiles.ts';
