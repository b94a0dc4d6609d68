/** The names of the measures. What each of them is stands in src/measures/index.ts, which the compiler holds to this list. */
import { z } from 'zod';

export const measureNames = [
  'spectrum',
  'embedding',
  'neighbours',
  'circuits',
  'efficiency',
  'sparsity',
] as const;

export type MeasureName = (typeof measureNames)[number];

/** What `spectral.compute` switches on: cheap enough not to be felt. */
export const spectralMeasures: readonly MeasureName[] = ['spectrum', 'embedding', 'neighbours'];

export const measuresSchema = z
  .array(z.enum(measureNames))
  .default([])
  .describe(
    'Further measures taken at every evaluation, beside those of spectral.compute; `grokscope measures` explains them. Default none.',
  );
