/**
 * Joins sums, so that each result is written once: chains of additions of products become one sum of products, a product
 * that is scattered is added straight to the rows of the table, sums over examples that are added share an accumulator.
 */

import { type Expr, makeNode, topologicalOrder } from '../expression.ts';
import { add } from '../operations/arithmetic.ts';
import { scatterProduct, sumOfProducts, sumTogether } from '../operations/joined-sums.ts';
import { reshape } from '../operations/reshape.ts';
import { sameShape, sizeOf } from '../shape.ts';
import { sumsOverExamples } from './stages.ts';

/** Up to this many rows per example are weighed in one pass (operations/weighted.ts). */
const MOST_ROWS = 16;
const FEWEST_COLUMNS = 8;

interface Labels {
  readonly a: string;
  readonly b: string;
  readonly out: string;
}

function labelsOf(product: Expr): Labels {
  const [a, b, out] = String(product.attributes.spec).split(/,|->/) as [string, string, string];
  return { a, b, out };
}

const withoutOnes = (node: Expr): number[] => node.shape.filter((extent) => extent !== 1);

/** The product that a value is, or is another view of: axes of one element may differ. */
function einsumOf(node: Expr): Expr | undefined {
  if (node.operation.name === 'einsum') return node;
  const [input] = node.inputs;
  if (node.operation.name !== 'reshape' || input?.operation.name !== 'einsum') return undefined;
  return sameShape(withoutOnes(node), withoutOnes(input)) ? input : undefined;
}

const total = (values: readonly Expr[]): Expr => values.reduce((sum, value) => add(sum, value));

/** The labels of an einsum along which there is more than one element, and how many there are. */
function extentsOf(product: Expr): Map<string, number> {
  const [a, b] = product.inputs as readonly [Expr, Expr];
  const labels = labelsOf(product);
  const extents = [...labels.a].map((label, axis) => [label, a.shape[axis] as number] as const);
  extents.push(...[...labels.b].map((label, axis) => [label, b.shape[axis] as number] as const));
  return new Map(extents.filter(([, extent]) => extent > 1));
}

/** How many products each element of an einsum is the sum of. */
function summedCount(product: Expr): number {
  const { out } = labelsOf(product);
  return [...extentsOf(product)]
    .filter(([label]) => !out.includes(label))
    .reduce((count, [, extent]) => count * extent, 1);
}

/** Whether a product for each example is a weighted sum of a few long rows. */
function weighsRows(summand: Expr): boolean {
  const product = einsumOf(summand) as Expr;
  const { a, b, out } = labelsOf(product);
  const extents = extentsOf(product);
  const weights = [a, b].some((labels) =>
    [...labels].every((label) => !out.includes(label) || !extents.has(label)),
  );
  return (
    weights &&
    product.inputs.every((input) => input.examples) &&
    summedCount(product) <= MOST_ROWS &&
    sizeOf(product.shape) >= FEWEST_COLUMNS
  );
}

class Joining {
  private readonly now = new Map<Expr, Expr>();
  /** The nodes that read a value; undefined stands for whoever asks for a root. */
  private readonly users = new Map<Expr, (Expr | undefined)[]>();
  /** The pair of stages in whose example stage a value is computed (stages.ts). */
  private readonly stage = new Map<Expr, number>();
  /** Additions that are part of a larger sum. */
  private readonly inner = new Set<Expr>();
  private readonly order: Expr[];

  constructor(roots: readonly Expr[]) {
    this.order = topologicalOrder(roots);
    for (const root of roots) this.addUser(root, undefined);
    for (const node of this.order) {
      const ready = node.inputs.map(
        (input) => (this.stage.get(input) as number) + (sumsOverExamples(input) ? 1 : 0),
      );
      this.stage.set(node, Math.max(0, ...ready));
      for (const input of node.inputs) this.addUser(input, node);
    }
    for (const node of this.order) {
      if (node.operation.name !== 'add') continue;
      for (const input of node.inputs) if (this.extends(node, input)) this.inner.add(input);
    }
  }

  private addUser(value: Expr, user: Expr | undefined): void {
    const users = this.users.get(value);
    if (users === undefined) this.users.set(value, [user]);
    else users.push(user);
  }

  run(): Map<Expr, Expr> {
    for (const node of this.order) this.now.set(node, this.join(node));
    return this.now;
  }

  /** Whether a value is read by nobody but one other node. */
  private once(node: Expr): boolean {
    return this.users.get(node)?.length === 1;
  }

  private extends(sum: Expr, input: Expr): boolean {
    return (
      input.operation.name === 'add' &&
      this.once(input) &&
      sameShape(input.shape, sum.shape) &&
      input.examples === sum.examples
    );
  }

  private summands(sum: Expr): Expr[] {
    return sum.inputs.flatMap((input) =>
      this.inner.has(input) && this.extends(sum, input) ? this.summands(input) : [input],
    );
  }

  private join(node: Expr): Expr {
    const { name } = node.operation;
    if (name === 'scatterAdd') return this.scattered(node) ?? this.renewed(node);
    if (name !== 'add' || this.inner.has(node)) return this.renewed(node);
    const summands = this.summands(node);
    const products = summands.filter((summand) => this.isProductOf(node, summand));
    const weighing = products.filter(weighsRows);
    const joins = products.length > 1 || (weighing.length > 0 && summands.length > 1);
    const others = this.joinSums(node, joins ? summands.filter((one) => !products.includes(one)) : summands);
    if (!joins) return others.length === summands.length ? this.renewed(node) : total(others);
    // Weighted rows begin with what else has the sum's shape: it is read in the same pass.
    const starting =
      weighing.length === 0 ? [] : others.filter((one) => sizeOf(one.shape) === sizeOf(node.shape));
    const ordered = [...weighing, ...products.filter((product) => !weighing.includes(product))];
    const sum = sumOfProducts(
      node,
      ordered.map((product) => this.now.get(einsumOf(product) as Expr) as Expr),
      starting.length === 0 ? undefined : reshape(total(starting), node.shape),
    );
    return total([...others.filter((one) => !starting.includes(one)), sum]);
  }

  private isProductOf(sum: Expr, summand: Expr): boolean {
    const product = einsumOf(summand);
    return (
      product !== undefined &&
      this.once(summand) &&
      this.once(product) &&
      summand.examples === sum.examples &&
      sameShape(summand.shape, sum.shape)
    );
  }

  /** The node's own operation on joined inputs. */
  private renewed(node: Expr): Expr {
    const inputs = node.inputs.map((input) => this.now.get(input) as Expr);
    if (inputs.every((input, i) => input === node.inputs[i])) return node;
    return makeNode(node.operation, inputs, node.shape, node.dtype, node.examples, node.attributes);
  }

  private scattered(node: Expr): Expr | undefined {
    const [index, values] = node.inputs as readonly [Expr, Expr];
    if (values.operation.name !== 'einsum' || !index.examples || index.shape.length > 0) return undefined;
    // Products that nothing but tables take need no memory of their own.
    if (this.users.get(values)?.some((user) => user?.operation !== node.operation)) return undefined;
    if (summedCount(values) > 1 || sizeOf(values.shape) < FEWEST_COLUMNS) return undefined;
    const [x, y] = values.inputs.map((input) => this.now.get(input) as Expr) as [Expr, Expr];
    return scatterProduct(node, this.now.get(index) as Expr, x, y, String(values.attributes.spec));
  }

  /** Sums over examples that are read nowhere else and run in one stage become one; returns the joined summands. */
  private joinSums(node: Expr, summands: readonly Expr[]): Expr[] {
    const alike = (summand: Expr): boolean =>
      sumsOverExamples(summand) &&
      this.once(summand) &&
      sameShape(summand.shape, node.shape) &&
      summand.dtype === node.dtype;
    const first = summands.find(alike);
    if (first === undefined) return summands.map((summand) => this.now.get(summand) as Expr);
    const together = summands.filter(
      (summand) => alike(summand) && this.stage.get(summand) === this.stage.get(first),
    );
    const sum =
      together.length === 1
        ? (this.now.get(first) as Expr)
        : sumTogether(together.map((summand) => this.now.get(summand) as Expr));
    return summands
      .filter((summand) => summand === first || !together.includes(summand))
      .map((summand) => (summand === first ? sum : (this.now.get(summand) as Expr)));
  }
}

/** Maps every node the roots depend on to its counterpart in the joined graph. */
export function joinSums(roots: readonly Expr[]): Map<Expr, Expr> {
  return new Joining(roots).run();
}
