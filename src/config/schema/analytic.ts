/**
 * Keys of the accepted configuration format for the analytic test: the isolated dynamics of a two-layer network on the task
 * (Musat, arXiv:2511.01938), simulated beside training and judged.
 */
import { z } from 'zod';
import { count } from './numbers.ts';

export const analyticDynamics = z
  .boolean()
  .default(false)
  .describe(
    'Simulate the isolated dynamics of a two-layer network on this task after training, and judge it; changes nothing of the training. Default false.',
  );
export const analyticSteps = count
  .default(5000)
  .describe('Steps of the isolated dynamics. Default 5,000, the published simulation.');
export const analyticLr = z
  .number()
  .gt(0)
  .default(1e-3)
  .describe('Size of a step of the isolated dynamics. Default 1e-3, the published simulation.');
