/** The theory of grokking as norm minimisation on the zero-loss manifold, exported as `grokscope/theory`. */

export { checkDecay, gradientFlow } from './gradient-flow.ts';
export {
  type AdaptiveEffort,
  type AdaptiveOptions,
  dormandPrince,
} from './integrators/dormand-prince.ts';
export { type Flow, growingTimes, type VectorField, type Visit } from './integrators/flow.ts';
export { rungeKutta4 } from './integrators/runge-kutta-4.ts';
export { fastestRate, UnstableStepError } from './integrators/stability-limit.ts';
export { memorize } from './memorize.ts';
export {
  distanceToZero,
  type NearestOptions,
  type NearestZero,
  nearestZero,
  type ZeroDistance,
} from './nearest-zero.ts';
export { type NetworkResiduals, openNetwork } from './network-residuals.ts';
export {
  type GradientAtPoint,
  type Orthogonality,
  type OrthogonalityOptions,
  orthogonality,
} from './orthogonality.ts';
export { RANK_TOLERANCE, RowSpace } from './pivoted-qr.ts';
export { fitPowerLaw, type PowerLaw } from './power-law.ts';
export { TheoryError } from './refusal.ts';
export { lossOf, type ResidualMap } from './residual-map.ts';
export {
  type Stability,
  type StabilityOptions,
  type StabilityTrajectory,
  stability,
} from './stability.ts';
export {
  ANGLE_CONSTANT,
  allToys,
  type CurvePiece,
  type GradientAngle,
  gradientAngle,
  type Point,
  type Toy,
  type ToyIntegrator,
  type ToyTrajectory,
  toyTrajectories,
  toyTrajectory,
} from './toys/index.ts';
export { regularPoint, type ZeroLossPoint } from './zero-loss-point.ts';
