/** The losses by their names in the configuration: a new one is one file, named here and in the schema. */

import type { TrainConfig } from '../../config/index.ts';
import { crossEntropy } from './cross_entropy.ts';
import { hinge } from './hinge.ts';
import type { Loss } from './loss.ts';
import { meanSquaredError } from './mse.ts';
import { stablemax } from './stablemax.ts';

export type { Loss, LossOptions } from './loss.ts';

export const losses: Record<TrainConfig['loss'], Loss> = {
  cross_entropy: crossEntropy,
  mse: meanSquaredError,
  hinge,
  stablemax,
};
