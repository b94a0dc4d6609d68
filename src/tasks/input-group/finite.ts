/**
 * A finite group as a factor: functions on it are split into the isotypic parts of its real irreducible representations, on
 * each of which the Laplacian of a Cayley graph whose generators are whole conjugacy classes is one number (Diaconis 1988).
 */

import type { Character, FiniteGroup } from '../groups/index.ts';
import type { Axis } from './axis.ts';
import { cyclicAxis } from './cyclic.ts';
import { generatingClasses } from './generators.ts';

/** Squared length below which what is left of a column is rounding. */
const NOTHING = 1e-9;

/**
 * Component k is the k-th irreducible character; its eigenvalue is 1 − Σ_{s ∈ S} χ(s)/(|S| χ(1)), S the generators. A cyclic
 * group keeps its complex characters.
 */
export function finiteAxis(group: FiniteGroup): Axis {
  if (isCyclicInOrder(group)) return cyclicAxis(group.order);
  const { order, characters } = group;
  const generators = generatingClasses(group).flatMap((one) => [...(group.classes[one] as Int32Array)]);
  const basis = new Float64Array(order * order);
  const component = new Int32Array(order);
  const eigenvalues = new Float64Array(characters.length);
  let row = 0;
  for (const [k, character] of characters.entries()) {
    const value = (g: number): number => character.values[group.classOf[g] as number] as number;
    let sum = 0;
    for (const s of generators) sum += value(s);
    eigenvalues[k] = 1 - sum / (generators.length * character.dimension);
    for (const vector of isotypicBasis(group, character)) {
      basis.set(vector, row * order);
      component[row++] = k;
    }
  }
  if (row !== order)
    throw new Error(`internal: the characters of ${group.name} give ${row} of ${order} functions`);
  return { order, cyclic: false, basis, component, eigenvalues };
}

function isCyclicInOrder({ order, table }: FiniteGroup): boolean {
  return table.every((product, at) => product === (Math.floor(at / order) + (at % order)) % order);
}

/**
 * An orthonormal basis of an isotypic part: the columns of its projection χ(1)/(|G|·norm) · χ(g u⁻¹), orthogonalised in the
 * order of the elements (Gram and Schmidt, each twice).
 */
function isotypicBasis(group: FiniteGroup, { dimension, norm, values }: Character): Float64Array[] {
  const { order, table, inverse, classOf } = group;
  const rank = (dimension * dimension) / norm;
  const scale = dimension / (order * norm);
  const found: Float64Array[] = [];
  for (let u = 0; u < order && found.length < rank; u++) {
    const column = Float64Array.from({ length: order }, (_, g) => {
      const quotient = table[g * order + (inverse[u] as number)] as number;
      return scale * (values[classOf[quotient] as number] as number);
    });
    const before = product(column, column);
    for (let pass = 0; pass < 2; pass++)
      for (const vector of found) {
        const along = product(vector, column);
        for (let g = 0; g < order; g++) column[g] -= along * (vector[g] as number);
      }
    const left = product(column, column);
    if (left <= NOTHING * before) continue;
    const length = Math.sqrt(left);
    found.push(column.map((x) => x / length));
  }
  return found;
}

function product(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] as number) * (y[i] as number);
  return sum;
}
