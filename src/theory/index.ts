/** The theory of grokking as norm minimisation on the zero-loss manifold, exported as `grokscope/theory`. */

export { TheoryError } from './refusal.ts';
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
