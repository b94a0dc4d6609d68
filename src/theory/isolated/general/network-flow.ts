/** A network some of whose parameters move along their isolated dynamics while the rest is solved, as a flow to be followed. */

import type { Dataset } from '../../../tasks/index.ts';
import { parameterName } from '../../../training/optimizers/parameter_name.ts';
import { norm } from '../../vectors.ts';
import { fourierCircles } from '../fourier-circles.ts';
import type { IsolatedFlow } from '../simulate.ts';
import type { GeneralIsolation } from './general-isolation.ts';

export interface NetworkFlow extends IsolatedFlow {
  /** A table [modulus, width] of the moving parameters that gives each token its vector, and where it starts among them. */
  readonly embedding: { readonly start: number; readonly width: number } | undefined;
}

/** @param modulus the prime that tokens are residues of, where circles are to be looked for */
export function networkFlow(
  isolation: GeneralIsolation,
  dataset: Dataset,
  modulus: number | undefined,
): NetworkFlow {
  const { loss } = isolation;
  const embedding = modulus === undefined ? undefined : movingEmbedding(isolation, modulus);
  return {
    embedding,
    velocity: (weights, out) => isolation.velocity(weights, out),
    observe: (weights, at) => {
      const { solved } = isolation.solve(weights);
      return {
        ...at,
        train: loss.fit(dataset.split.train),
        heldOut: loss.fit(dataset.split.heldOut),
        firstNorm: norm(weights),
        lastNorm: norm(solved),
        circles:
          embedding === undefined || modulus === undefined
            ? undefined
            : fourierCircles(tableOf(weights, embedding, modulus), modulus, embedding.width),
      };
    },
  };
}

/** The rows of the embedding among the moving weights. */
export function tableOf(
  weights: Float64Array,
  { start, width }: { readonly start: number; readonly width: number },
  modulus: number,
): Float64Array {
  return weights.subarray(start, start + modulus * width);
}

/** The first embedding of the model that is a moving parameter as it stands. */
function movingEmbedding({ loss }: GeneralIsolation, modulus: number): NetworkFlow['embedding'] {
  let start = 0;
  for (const node of loss.movingParameters) {
    const { shape } = node;
    const isTable = loss.model.embeddings.some(({ name }) => name === parameterName(node));
    if (isTable && shape.length === 2 && shape[0] === modulus) return { start, width: shape[1] as number };
    start += shape.reduce((a, b) => a * b, 1);
  }
  return undefined;
}
