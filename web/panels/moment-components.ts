/** The principal components of the embedding at a moment, and what they hold of its strongest frequency. */

import { type FourierPlane, strongestPlanes } from '../../src/measures/fourier-plane.ts';
import {
  frequencyInComponents,
  type PrincipalComponents,
  principalComponents,
} from '../../src/measures/principal-components.ts';
import type { EmbeddingTable, Moment } from '../run/moment.ts';

export interface MomentComponents {
  readonly table: EmbeddingTable;
  readonly components: PrincipalComponents;
  readonly strongest: Pick<FourierPlane, 'frequency' | 'share'>;
  /** By component: the share of the strongest frequency that lies in it. */
  readonly held: Float64Array;
}

const known = new WeakMap<Moment, MomentComponents>();

/** Of the first embedding, computed once a moment; undefined where there is none, or it is not finite. */
export function componentsOf(moment: Moment | undefined): MomentComponents | undefined {
  const table = moment?.embeddings?.[0];
  if (moment === undefined || table === undefined) return undefined;
  const before = known.get(moment);
  if (before !== undefined) return before;
  const { values, rows, columns } = table;
  if (!values.every(Number.isFinite)) return undefined;
  const [strongest] = strongestPlanes(values, rows, columns, 1);
  const components = principalComponents(values, rows, columns, rows);
  const held = frequencyInComponents(components, values, rows, columns, strongest.frequency);
  const found = { table, components, strongest, held };
  known.set(moment, found);
  return found;
}
