/** The list of toys, in the order of the paper. */

import { crossToy } from './cross.ts';
import { hyperbolaToy } from './hyperbola.ts';
import { kinkedLineToy } from './kinked-line.ts';
import { lineToy } from './line.ts';
import { parabolaToy } from './parabola.ts';
import { planeToy } from './plane.ts';
import type { Toy } from './toy.ts';

export { ANGLE_CONSTANT, type GradientAngle, gradientAngle } from './parabola.ts';
export type { CurvePiece, Point, Toy } from './toy.ts';
export { type ToyIntegrator, type ToyTrajectory, toyTrajectories, toyTrajectory } from './trajectory.ts';

/** All toys. @param seed of the test pairs of toy 1 */
export function allToys(seed = 0): readonly Toy[] {
  return [lineToy(seed), planeToy, hyperbolaToy, crossToy, kinkedLineToy, parabolaToy];
}
