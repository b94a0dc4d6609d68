/** The theory of grokking as norm minimisation on the zero-loss manifold, exported as `grokscope/theory`. */

export { earlyStop, type Stop, type StoppingRule, type Watched } from './cost/early-stopping.ts';
export {
  type Cost,
  type CostRates,
  costOf,
  type EnergyEstimate,
  sumOf,
  type TimedStep,
  WATTS_PER_THREAD,
} from './cost/run-cost.ts';
export { meanStepFlops } from './cost/step-flops.ts';
export type { ComparedDirection } from './direction/compare.ts';
export { type DirectionMethod, type DirectionOptions, directionMethods } from './direction/options.ts';
export { type ReferenceOptions, referenceExperiment } from './direction/reference.ts';
export {
  type DirectionOverTraining,
  type DirectionRow,
  type DirectionRun,
  directionFromStates,
  directionOverTraining,
} from './direction/training.ts';
export { checkDecay, gradientFlow } from './gradient-flow.ts';
export {
  type AdaptiveEffort,
  type AdaptiveOptions,
  dormandPrince,
} from './integrators/dormand-prince.ts';
export { type Flow, growingTimes, type VectorField, type Visit } from './integrators/flow.ts';
export { rungeKutta4 } from './integrators/runge-kutta-4.ts';
export { fastestRate, UnstableStepError } from './integrators/stability-limit.ts';
export { type AnalyticTest, type AnalyticTestOptions, analyticTest } from './isolated/analytic-test.ts';
export { type FourierCircles, fourierCircles } from './isolated/fourier-circles.ts';
export { GeneralIsolation, type Solution } from './isolated/general/general-isolation.ts';
export { RegularizedLoss } from './isolated/general/regularized-loss.ts';
export type { IntegratorName } from './isolated/integrator.ts';
export { type IsolatedEquations, KernelStep, type KernelStepOptions } from './isolated/kernel-step.ts';
export type { Fit, Observation } from './isolated/observation.ts';
export { type IsolatedProblem, isolatedProblem, type ProblemOptions } from './isolated/problem.ts';
export { ReferenceStep } from './isolated/reference-step.ts';
export { type IsolatedSetting, isolatedSetting, type SettingOptions } from './isolated/setting.ts';
export { type SimulatedPoint, type SimulationOptions, simulate } from './isolated/simulate.ts';
export type { IsolatedStep } from './isolated/step.ts';
export { frequencyColumns, frequencyRows, observationColumns, observationRows } from './isolated/tables.ts';
export { type AnalyticVerdict, type Assertion, analyticVerdict } from './isolated/verdict.ts';
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
export type { LinearMap } from './zero-loss/differentiated.ts';
export {
  exactProjection,
  type IterationLimits,
  iterativeProjection,
  type KernelProjection,
  type Projected,
} from './zero-loss/kernel-projection.ts';
export { ZeroLossNetwork } from './zero-loss/network.ts';
export { regularPoint, type ZeroLossPoint } from './zero-loss-point.ts';
