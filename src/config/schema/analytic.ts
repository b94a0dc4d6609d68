/**
 * Keys of the accepted configuration format for the analytic dynamics, which this version checks and keeps but does not act
 * on; switching them on gives a notice.
 */
import { z } from 'zod';
import { count } from './numbers.ts';

export const analyticDynamics = z
  .boolean()
  .default(false)
  .describe(
    'Run the isolated dynamics of the zero-loss manifold beside training; accepted but not computed by this version.',
  );
export const analyticSteps = count
  .default(5000)
  .describe('Steps of the isolated dynamics; without effect in this version. Default 5,000.');
export const analyticLr = z
  .number()
  .gt(0)
  .default(1e-3)
  .describe('Step size of the isolated dynamics; without effect in this version. Default 1e-3.');
