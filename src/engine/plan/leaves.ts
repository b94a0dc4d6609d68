/** Where the leaves of a graph lie: parameters, columns of the data set, settings and constants. */

import { refuse } from '../errors.ts';
import type { Expr } from '../expression.ts';
import type { View } from '../lowering.ts';
import { constantOperation, inputOperation, parameterOperation } from '../operations/leaf.ts';
import { makeView } from './emitter.ts';
import { storage } from './updates.ts';

/** A leaf and the view of its buffer. */
export interface Leaf {
  readonly node: Expr;
  readonly view: View;
}

export interface Leaves {
  readonly parameters: Map<string, Leaf>;
  readonly columns: Map<string, Leaf>;
  readonly settings: Map<string, Leaf>;
  readonly constants: Leaf[];
  /** Columns used as indices, and how many rows or elements the smallest table has that they index. */
  readonly indexBounds: Map<string, number>;
}

/** Makes a view for every leaf among the nodes; those without the example axis are entered in `views`. */
export function placeLeaves(order: readonly Expr[], views: Map<Expr, View>): Leaves {
  const parameters: Leaves['parameters'] = new Map();
  const columns: Leaves['columns'] = new Map();
  const settings: Leaves['settings'] = new Map();
  const constants: Leaves['constants'] = [];
  for (const node of order) {
    const name = String(node.attributes.name);
    if (![parameterOperation, inputOperation, constantOperation].includes(node.operation)) continue;
    const view = makeView(node.shape, node.dtype, false, 'static');
    if (node.operation === constantOperation) {
      constants.push({ node, view });
    } else {
      const known = node.operation === parameterOperation ? parameters : node.examples ? columns : settings;
      if (known.has(name)) {
        refuse(
          `${node.operation.name} ${name}`,
          'is used with two shapes or dtypes; one name stands for one value',
        );
      }
      known.set(name, { node, view });
    }
    if (!node.examples) views.set(node, view);
  }
  return { parameters, columns, settings, constants, indexBounds: indexBoundsOf(order) };
}

/** Which input of an operation indexes, and into how many rows or elements. */
function indexed(node: Expr): { index: Expr; bound: number } | undefined {
  const [first, second] = node.inputs as readonly [Expr, Expr];
  switch (node.operation.name) {
    case 'gather':
      return { index: second, bound: first.shape[0] as number };
    case 'scatterAdd':
      return { index: first, bound: node.shape[0] as number };
    case 'take':
      return { index: second, bound: first.shape[first.shape.length - 1] as number };
    case 'place':
      return { index: second, bound: node.shape[node.shape.length - 1] as number };
    default:
      return undefined;
  }
}

function indexBoundsOf(order: readonly Expr[]): Map<string, number> {
  const bounds = new Map<string, number>();
  for (const node of order) {
    const use = indexed(node);
    const source = use && storage(use.index);
    if (use === undefined || source?.operation !== inputOperation || !source.examples) continue;
    const name = String(source.attributes.name);
    bounds.set(name, Math.min(use.bound, bounds.get(name) ?? Number.POSITIVE_INFINITY));
  }
  return bounds;
}
