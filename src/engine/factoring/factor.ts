/**
 * Factoring: on a finite alphabet most of a network is a table. Each value is written as a sum of products, linear maps
 * are moved through sums, scalings and table lookups, and whatever a nonlinear operation needs is computed in the
 * cheapest order found. The function computed stays the same; only its rounding may differ.
 */

import { type Expr, makeNode, topologicalOrder } from '../expression.ts';
import { broadcastExamples } from '../operations/broadcast.ts';
import { constantOperation } from '../operations/leaf.ts';
import { simplify } from '../plan/simplify.ts';
import { sizeOf } from '../shape.ts';
import { assemble, costOf } from './assemble.ts';
import { Labels } from './labels.ts';
import { countOperations, nodeOperations } from './operation-count.ts';
import {
  added,
  contracted,
  joined,
  multiplied,
  permuted,
  reshaped,
  scaled,
  single,
  sliced,
  summed,
} from './rules.ts';
import type { SumOfProducts } from './sum-of-products.ts';

/** What the rewriting did, for people. */
export interface Rewriting {
  /** The product that is multiplied in another order, as it was written. */
  readonly node: Expr;
  /** Multiply-adds before and after, per run over all examples. */
  readonly before: number;
  readonly after: number;
}

/** One graph being factored: the normal form of each of its values, and the expressions already built. */
class Factoring {
  readonly rewritings: Rewriting[] = [];
  private readonly labels = new Labels();
  private readonly examples: number;
  private readonly sums = new Map<Expr, SumOfProducts>();
  private readonly computed = new Map<Expr, Expr>();
  private readonly readers = new Map<Expr, number>();

  constructor(roots: readonly Expr[], examples: number) {
    this.examples = examples;
    for (const node of topologicalOrder(roots)) {
      for (const input of node.inputs) this.readers.set(input, (this.readers.get(input) ?? 0) + 1);
    }
  }

  /** The value of a node as an expression of the factored graph. */
  compute(node: Expr): Expr {
    const known = this.computed.get(node);
    if (known !== undefined) return known;
    // Joining costs nothing as it stands; everything else per example is built from its sum of products.
    const whole = !node.examples || node.operation.name === 'concat';
    const result = whole
      ? this.opaque(node)
      : broadcastExamples(assemble(this.sumOf(node), node, this.labels, this.examples));
    this.computed.set(node, result);
    return result;
  }

  /** The node's own operation on computed inputs. */
  private opaque(node: Expr): Expr {
    const inputs = node.inputs.map((input) => this.compute(input));
    if (inputs.every((input, i) => input === node.inputs[i])) return node;
    return makeNode(node.operation, inputs, node.shape, node.dtype, node.examples, node.attributes);
  }

  private sumOf(node: Expr): SumOfProducts {
    const known = this.sums.get(node);
    if (known !== undefined) return known;
    const result = (node.examples ? this.expand(node) : undefined) ?? single(this.opaque(node), this.labels);
    this.sums.set(node, result);
    return result;
  }

  /** The normal form of a linear operation's result; undefined where it has none. */
  private expand(node: Expr): SumOfProducts | undefined {
    const { labels } = this;
    const operands = (): SumOfProducts[] => node.inputs.map((input) => this.sumOf(input));
    const [first, second] = node.inputs as readonly [Expr, Expr];
    switch (node.operation.name) {
      case 'add':
        return this.mergeParameters(added(node, this.sumOf(first), this.sumOf(second), labels), node);
      case 'sub':
        return this.mergeParameters(
          added(node, this.sumOf(first), scaled(this.sumOf(second), -1), labels),
          node,
        );
      case 'neg':
        return scaled(this.sumOf(first), -1);
      case 'div': {
        const { value } = second.attributes;
        if (second.operation !== constantOperation || typeof value !== 'number') return undefined;
        return scaled(this.sumOf(first), 1 / value);
      }
      case 'mul':
        // A product of two full values per example is nonlinear, like a function of either.
        if (node.inputs.every((input) => input.examples && sizeOf(input.shape) === sizeOf(node.shape)))
          return undefined;
        return this.weigh(node, (a, b) => multiplied(node, a, b, labels));
      case 'einsum':
        return this.weigh(node, (a, b) => contracted(node, a, b, labels));
      case 'permute':
        return permuted(node, this.sumOf(first));
      case 'reshape':
        return reshaped(node, this.sumOf(first), labels);
      case 'slice':
        return sliced(node, this.sumOf(first), labels);
      case 'sum':
        return summed(node, this.sumOf(first), labels);
      case 'concat':
        return this.mergeParameters(joined(node, operands(), labels), node);
      case 'broadcastExamples':
        return this.sumOf(first);
      default:
        return undefined;
    }
  }

  /** Terms that do not depend on the example are added up to one. */
  private mergeParameters(value: SumOfProducts, node: Expr): SumOfProducts {
    const fixed = value.terms.filter((term) => term.factors.every((factor) => !factor.expr.examples));
    if (fixed.length < 2) return value;
    const expr = assemble({ labels: value.labels, terms: fixed }, node, this.labels, this.examples);
    const rest = value.terms.filter((term) => !fixed.includes(term));
    return {
      labels: value.labels,
      terms: [...rest, { scale: 1, factors: [{ expr, labels: value.labels }] }],
    };
  }

  /** Multiplies expanded operands where that is cheaper than computing them first, each on its own. */
  private weigh(node: Expr, combine: (a: SumOfProducts, b: SumOfProducts) => SumOfProducts): SumOfProducts {
    const [a, b] = node.inputs as readonly [Expr, Expr];
    const cost = (value: SumOfProducts): number => costOf(value, this.labels, this.examples);
    const choices = (input: Expr): { value: SumOfProducts; extra: number }[] => {
      const expanded = this.sumOf(input);
      if (!input.examples) return [{ value: expanded, extra: 0 }];
      // Computing an operand that others read too is paid for by them.
      const extra = (this.readers.get(input) ?? 0) > 1 ? 0 : cost(expanded);
      return [
        { value: single(this.compute(input), this.labels), extra },
        { value: expanded, extra: 0 },
      ];
    };
    const candidates = choices(a).flatMap((x) =>
      choices(b).map((y) => {
        const value = combine(x.value, y.value);
        const extra = x.extra + y.extra;
        return { value, extra, cost: cost(value) + extra };
      }),
    );
    const plain = candidates[0] as { value: SumOfProducts; extra: number; cost: number };
    const best = candidates.reduce((least, one) => (one.cost < least.cost ? one : least), plain);
    // Folding alone may have made the product cheaper; numbers that are moved into others are no news.
    const product = node.operation.name === 'einsum' ? nodeOperations(node, this.examples) / 2 : 0;
    const before = Math.max(plain.cost, product + plain.extra);
    if (best.cost < before) {
      this.rewritings.push({ node, before, after: best.cost });
    }
    return best.value;
  }
}

export interface Factored {
  readonly roots: Expr[];
  readonly rewritings: readonly Rewriting[];
}

/** Every value in the cheapest form that the rules find for it alone, whether or not anything is gained by all of them. */
export function rewrite(roots: readonly Expr[], examples: number): Factored {
  const factoring = new Factoring(roots, examples);
  return { roots: roots.map((root) => factoring.compute(root)), rewritings: factoring.rewritings };
}

/**
 * Rewrites a graph to cost less; to be applied before differentiation, so that gradients are factored too.
 * @param examples how many examples a run has: what a value per example is weighed with
 * @returns the roots as they were given where nothing is gained
 */
export function factor(roots: readonly Expr[], examples: number): Factored {
  const merged = simplified(roots);
  const factored = rewrite(merged, examples);
  const gain = countOperations(merged, examples) - countOperations(simplified(factored.roots), examples);
  return gain > 0 ? factored : { roots: [...roots], rewritings: [] };
}

function simplified(roots: readonly Expr[]): Expr[] {
  const same = simplify(roots);
  return roots.map((root) => same.get(root) as Expr);
}
