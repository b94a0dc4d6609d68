/** The optimisers by their names in the configuration: a new one is one file, named here and in the schema. */

import type { TrainConfig } from '../../config/index.ts';
import { adam } from './adam.ts';
import type { OptimizerBuilder } from './optimizer.ts';
import { sgd } from './sgd.ts';

export type { Optimizer, OptimizerOptions, ParameterUpdate } from './optimizer.ts';

/** adam and adamw are one algorithm; the configuration gives them different kinds of decay by default. */
export const optimizers: Record<TrainConfig['optimizer'], OptimizerBuilder> = { adam, adamw: adam, sgd };
