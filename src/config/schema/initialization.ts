/** How weights begin. One shape for all models; `analytic` exists for the two-layer network only. */
import { z } from 'zod';

const std = z
  .number()
  .gt(0)
  .nullable()
  .default(null)
  .describe("Standard deviation for type normal. Default null: the model's own, as with type default.");

const typeText =
  "default: the model's own scheme; normal: N(0, std²) in every weight matrix; uniform: ±1/√fan_in";

export const initSchema = z
  .strictObject({
    type: z.enum(['default', 'normal', 'uniform']).default('default').describe(`${typeText}.`),
    std,
  })
  .prefault({});

export const twoLayerInitSchema = z
  .strictObject({
    type: z
      .enum(['default', 'normal', 'uniform', 'analytic'])
      .default('default')
      .describe(
        `${typeText}; analytic: the cosine solution of modular addition (quadratic, concat, add). The two-layer default is normal with std ½/(2·hidden_dim)^⅓.`,
      ),
    std,
  })
  .prefault({});
