/**
 * Only what is read is computed: a value of which every reader takes the same slice is computed for that slice alone.
 * The slice moves through the operation to its inputs, again and again, until it meets something that is read whole.
 * Exact: the elements kept are computed as before.
 */

import { type Expr, makeNode, topologicalOrder } from '../expression.ts';
import { slice } from '../operations/slice.ts';
import { simplify } from '../plan/simplify.ts';

/** Elements `start` … `start + extent − 1` of an axis. */
interface Part {
  readonly axis: number;
  readonly start: number;
  readonly extent: number;
}

function partOf(node: Expr): Part {
  const axis = node.attributes.axis as number;
  return { axis, start: node.attributes.start as number, extent: node.shape[axis] as number };
}

function samePart(a: Part, b: Part): boolean {
  return a.axis === b.axis && a.start === b.start && a.extent === b.extent;
}

function take(x: Expr, axis: number, part: Part): Expr {
  return slice(x, axis, part.start, part.start + part.extent);
}

type Rule = (node: Expr, part: Part, shape: readonly number[]) => Expr | undefined;

function remake(node: Expr, inputs: readonly Expr[], shape: readonly number[]): Expr {
  return makeNode(node.operation, inputs, shape, node.dtype, node.examples, node.attributes);
}

/** Inputs are aligned at the right; one that is broadcast along the axis stays whole. */
const elementwise: Rule = (node, part, shape) => {
  const inputs = node.inputs.map((input) => {
    const axis = part.axis - node.shape.length + input.shape.length;
    return axis < 0 || input.shape[axis] === 1 ? input : take(input, axis, part);
  });
  return remake(node, inputs, shape);
};

const einsum: Rule = (node, part, shape) => {
  const [operands, out] = (node.attributes.spec as string).split('->') as [string, string];
  const labels = operands.split(',');
  const label = out[part.axis] as string;
  const inputs = node.inputs.map((input, i) => {
    const axis = (labels[i] as string).indexOf(label);
    return axis < 0 ? input : take(input, axis, part);
  });
  return remake(node, inputs, shape);
};

const permute: Rule = (node, part, shape) => {
  const axes = node.attributes.axes as readonly number[];
  return remake(node, [take(node.inputs[0] as Expr, axes[part.axis] as number, part)], shape);
};

/** Operations that treat all axes but the last alike. */
const alongLastAxis: Rule = (node, part, shape) =>
  part.axis === node.shape.length - 1
    ? undefined
    : remake(node, [take(node.inputs[0] as Expr, part.axis, part)], shape);

/** A reduction: axes behind the reduced one have moved up by one. */
const reduction: Rule = (node, part, shape) => {
  const axis = part.axis < (node.attributes.axis as number) ? part.axis : part.axis + 1;
  return remake(node, [take(node.inputs[0] as Expr, axis, part)], shape);
};

const RULES: Readonly<Record<string, Rule>> = {
  einsum,
  permute,
  softmax: alongLastAxis,
  logSoftmax: alongLastAxis,
  sum: reduction,
  max: reduction,
};

function pushThrough(node: Expr, part: Part): Expr | undefined {
  const shape = node.shape.map((extent, axis) => (axis === part.axis ? part.extent : extent));
  const rule = node.operation.step === undefined ? RULES[node.operation.name] : elementwise;
  return rule?.(node, part, shape);
}

/** One round: every value whose readers all take the same part gives way to that part. */
function round(roots: readonly Expr[]): Expr[] | undefined {
  const order = topologicalOrder(roots);
  const readers = new Map<Expr, Expr[]>();
  for (const node of order)
    for (const input of node.inputs) readers.set(input, [...(readers.get(input) ?? []), node]);
  const replaced = new Map<Expr, Expr>();
  let changed = false;
  for (const node of order) {
    const inputs = node.inputs.map((input) => replaced.get(input) as Expr);
    let result = inputs.every((input, i) => input === node.inputs[i])
      ? node
      : makeNode(node.operation, inputs, node.shape, node.dtype, node.examples, node.attributes);
    const source = node.inputs[0];
    if (node.operation.name === 'slice' && source !== undefined && !roots.includes(source)) {
      const part = partOf(node);
      const others = readers.get(source) as Expr[];
      const agreed = others.every(
        (reader) => reader.operation.name === 'slice' && samePart(partOf(reader), part),
      );
      const pushed = agreed ? pushThrough(replaced.get(source) as Expr, part) : undefined;
      if (pushed !== undefined) {
        result = pushed;
        changed = true;
      }
    }
    replaced.set(node, result);
  }
  return changed ? roots.map((root) => replaced.get(root) as Expr) : undefined;
}

/** Equal subexpressions merged, so that all readers of a value are seen. */
function merged(roots: readonly Expr[]): Expr[] {
  const same = simplify(roots);
  return roots.map((root) => same.get(root) as Expr);
}

/**
 * Rewrites a graph so that only the parts that are read are computed; the roots' values stay the same.
 * @returns the roots as they were given where everything is read
 */
export function computeOnlyWhatIsRead(roots: readonly Expr[]): Expr[] {
  let current = merged(roots);
  for (let changed = false; ; changed = true) {
    const next = round(current);
    if (next === undefined) return changed ? current : [...roots];
    current = merged(next);
  }
}
