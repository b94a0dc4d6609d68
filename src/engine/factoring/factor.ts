/**
 * Factoring: on a finite alphabet most of a network is a table. Each value is written as a sum of products, linear maps
 * are moved through sums, scalings and table lookups, and whatever a nonlinear operation needs is computed in the
 * cheapest order found. The function computed stays the same; only its rounding may differ.
 */

import { type Expr, makeNode, topologicalOrder } from '../expression.ts';
import { add } from '../operations/arithmetic.ts';
import { broadcastExamples, broadcastTo } from '../operations/broadcast.ts';
import { gather } from '../operations/gather.ts';
import { constant, constantOperation } from '../operations/leaf.ts';
import { simplify } from '../plan/simplify.ts';
import { alignTo, costOfTerm, multiplyTerm } from './contraction-order.ts';
import { type Label, Labels } from './labels.ts';
import {
  cutsCleanly,
  cutTerm,
  type Factor,
  foldTerm,
  isLookup,
  multiply,
  padPlaced,
  placementOf,
  renameTerm,
  type SumOfProducts,
  type Term,
} from './sum-of-products.ts';

/** Sums that would grow beyond this many terms are computed first. */
const MOST_TERMS = 48;

/** What the rewriting did, for people. */
export interface Rewriting {
  readonly operation: string;
  readonly shape: readonly number[];
  /** Multiply-adds before and after, per run over all examples. */
  readonly before: number;
  readonly after: number;
}

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
    // Joining costs nothing as it stands; everything else is built from its sum of products.
    const whole = !node.examples || node.operation.name === 'concat';
    const result = whole ? this.opaque(node) : this.build(this.sumOf(node), node);
    this.computed.set(node, result);
    return result;
  }

  private opaque(node: Expr): Expr {
    const inputs = node.inputs.map((input) => this.compute(input));
    if (inputs.every((input, i) => input === node.inputs[i])) return node;
    return makeNode(node.operation, inputs, node.shape, node.dtype, node.examples, node.attributes);
  }

  private single(expr: Expr): SumOfProducts {
    const labels = expr.shape.map((extent) => this.labels.fresh(extent));
    const term = foldTerm({ scale: 1, factors: [{ expr, labels }] }, labels);
    return { labels, terms: term === undefined ? [] : [term] };
  }

  sumOf(node: Expr): SumOfProducts {
    const known = this.sums.get(node);
    if (known !== undefined) return known;
    const result = (node.examples ? this.expand(node) : undefined) ?? this.single(this.opaque(node));
    this.sums.set(node, result);
    return result;
  }

  private cost(value: SumOfProducts): number {
    if (value.terms.length > MOST_TERMS) return Number.POSITIVE_INFINITY;
    const adds = Math.max(0, value.terms.length - 1) * this.labels.size(value.labels) * this.examples;
    return value.terms.reduce(
      (total, term) => total + costOfTerm(padPlaced(term), value.labels, this.labels, this.examples),
      adds,
    );
  }

  private expand(node: Expr): SumOfProducts | undefined {
    const [first, second] = node.inputs;
    switch (node.operation.name) {
      case 'add':
      case 'sub':
        return this.plus(node, node.operation.name === 'sub' ? -1 : 1);
      case 'neg':
        return this.map(first as Expr, (term) => ({ ...term, scale: -term.scale }));
      case 'mul':
        return this.times(node);
      case 'einsum':
        return this.weigh(node, (a, b) => this.contract(node, a, b));
      case 'permute': {
        const source = this.sumOf(first as Expr);
        const axes = node.attributes.axes as readonly number[];
        return { labels: axes.map((axis) => source.labels[axis] as Label), terms: source.terms };
      }
      case 'reshape':
        return this.reshaped(node);
      case 'slice':
        return this.sliced(node);
      case 'concat':
        return this.joined(node);
      case 'sum': {
        const source = this.sumOf(first as Expr);
        const axis = node.attributes.axis as number;
        const label = source.labels[axis] as Label;
        const terms = source.terms.map((term) =>
          term.factors.some((factor) => factor.labels.includes(label))
            ? term
            : { ...term, scale: term.scale * this.labels.extent(label) },
        );
        const labels = source.labels.filter((_, i) => i !== axis);
        return { labels, terms: terms.flatMap((term) => foldTerm(term, labels) ?? []) };
      }
      case 'broadcastExamples':
        return this.sumOf(first as Expr);
      case 'div':
        if (second?.operation !== constantOperation || typeof second.attributes.value !== 'number')
          return undefined;
        return this.map(first as Expr, (term) => ({
          ...term,
          scale: term.scale / (second.attributes.value as number),
        }));
      default:
        return undefined;
    }
  }

  private map(source: Expr, change: (term: Term) => Term): SumOfProducts {
    const value = this.sumOf(source);
    return { labels: value.labels, terms: value.terms.map(change) };
  }

  /** Terms of an operand under the labels of a broadcast result; an axis of one element is summed away. */
  private aligned(value: SumOfProducts, labels: readonly Label[]): Term[] {
    const missing = labels.length - value.labels.length;
    const rename = new Map<Label, Label>();
    for (const [axis, label] of value.labels.entries()) {
      const target = labels[axis + missing] as Label;
      if (this.labels.extent(label) === this.labels.extent(target)) rename.set(label, target);
    }
    return this.refreshed(value.terms, rename);
  }

  /** Renames labels, giving every other one a new name, so that summed labels of two operands never meet. */
  private refreshed(terms: readonly Term[], rename: ReadonlyMap<Label, Label>): Term[] {
    return terms.map((term) => {
      const names = new Map(rename);
      for (const factor of term.factors) {
        for (const label of factor.labels)
          if (!names.has(label)) names.set(label, this.labels.fresh(this.labels.extent(label)));
      }
      return renameTerm(term, names);
    });
  }

  private plus(node: Expr, sign: number): SumOfProducts {
    const [a, b] = node.inputs as readonly [Expr, Expr];
    const labels = node.shape.map((extent) => this.labels.fresh(extent));
    const right = this.aligned(this.sumOf(b), labels).map((term) => ({ ...term, scale: sign * term.scale }));
    return this.mergeParameters({ labels, terms: [...this.aligned(this.sumOf(a), labels), ...right] }, node);
  }

  private times(node: Expr): SumOfProducts | undefined {
    const [a, b] = node.inputs as readonly [Expr, Expr];
    // A product of two full values per example is as nonlinear as any function.
    const size = (x: Expr): number => x.shape.reduce((p, extent) => p * extent, 1);
    const scaling = (x: Expr): boolean => !x.examples || size(x) < size(node);
    if (!scaling(a) && !scaling(b)) return undefined;
    return this.weigh(node, (x, y) => {
      const labels = node.shape.map((extent) => this.labels.fresh(extent));
      return {
        labels,
        terms: multiply(this.aligned(x, labels), this.aligned(y, labels), labels, [], this.labels),
      };
    });
  }

  private contract(node: Expr, a: SumOfProducts, b: SumOfProducts): SumOfProducts {
    const [operands, out] = (node.attributes.spec as string).split('->') as [string, string];
    const [la, lb] = operands.split(',') as [string, string];
    const named = new Map<string, Label>();
    const renaming = (value: SumOfProducts, letters: string): Map<Label, Label> =>
      new Map(
        value.labels.map((label, axis) => {
          const letter = letters[axis] as string;
          const target = named.get(letter) ?? this.labels.fresh(this.labels.extent(label));
          named.set(letter, target);
          return [label, target];
        }),
      );
    const x = this.refreshed(a.terms, renaming(a, la));
    const y = this.refreshed(b.terms, renaming(b, lb));
    const labels = [...out].map((letter) => named.get(letter) as Label);
    const summed = [...named.values()].filter((label) => !labels.includes(label));
    return { labels, terms: multiply(x, y, labels, summed, this.labels) };
  }

  /** Multiplies expanded operands where that is cheaper than computing them first, each on its own. */
  private weigh(node: Expr, combine: (a: SumOfProducts, b: SumOfProducts) => SumOfProducts): SumOfProducts {
    const [a, b] = node.inputs as readonly [Expr, Expr];
    const choices = (input: Expr): { value: SumOfProducts; extra: number }[] => {
      const expanded = this.sumOf(input);
      if (!input.examples) return [{ value: expanded, extra: 0 }];
      // Computing an operand that others read too is paid for by them.
      const extra = (this.readers.get(input) ?? 0) > 1 ? 0 : this.cost(expanded);
      return [
        { value: expanded, extra: 0 },
        { value: this.single(this.compute(input)), extra },
      ];
    };
    let best: { value: SumOfProducts; cost: number } | undefined;
    let plain = 0;
    for (const x of choices(a).reverse()) {
      for (const y of choices(b).reverse()) {
        const value = combine(x.value, y.value);
        const cost = this.cost(value) + x.extra + y.extra;
        if (best === undefined) plain = cost;
        if (best === undefined || cost < best.cost) best = { value, cost };
      }
    }
    const chosen = best as { value: SumOfProducts; cost: number };
    if (chosen.cost < plain) {
      this.rewritings.push({
        operation: node.operation.name,
        shape: node.shape,
        before: plain,
        after: chosen.cost,
      });
    }
    return chosen.value;
  }

  /** Axes of one element may come and go; any other reshape is computed. */
  private reshaped(node: Expr): SumOfProducts | undefined {
    const source = node.inputs[0] as Expr;
    const solid = (shape: readonly number[]): number[] => shape.filter((extent) => extent !== 1);
    if (solid(source.shape).join() !== solid(node.shape).join()) return undefined;
    const value = this.sumOf(source);
    const kept = value.labels.filter((label) => this.labels.extent(label) !== 1);
    let next = 0;
    const labels = node.shape.map((extent) =>
      extent === 1 ? this.labels.fresh(1) : (kept[next++] as Label),
    );
    return { labels, terms: value.terms };
  }

  private sliced(node: Expr): SumOfProducts | undefined {
    const value = this.sumOf(node.inputs[0] as Expr);
    const axis = node.attributes.axis as number;
    const start = node.attributes.start as number;
    const extent = node.shape[axis] as number;
    const from = value.labels[axis] as Label;
    if (!value.terms.every((term) => cutsCleanly(term, from, start, extent))) return undefined;
    const to = this.labels.fresh(extent);
    const labels = value.labels.map((label) => (label === from ? to : label));
    const terms = value.terms.flatMap((term) => {
      const part = cutTerm(term, from, to, start, extent);
      return part === undefined ? [] : (foldTerm(part, labels) ?? []);
    });
    return { labels, terms };
  }

  /** A concatenation is the sum of its parts, each at its place. */
  private joined(node: Expr): SumOfProducts {
    const axis = node.attributes.axis as number;
    const total = node.shape[axis] as number;
    const labels = node.shape.map((extent) => this.labels.fresh(extent));
    let start = 0;
    const terms = node.inputs.flatMap((input) => {
      const value = this.sumOf(input);
      const extent = input.shape[axis] as number;
      const row = this.labels.fresh(extent);
      const rename = new Map(
        value.labels.map((label, i) => [label, i === axis ? row : (labels[i] as Label)]),
      );
      const expr = placementOf(start, extent, total, node.dtype);
      const place: Factor = { expr, labels: [row, labels[axis] as Label] };
      start += extent;
      return this.refreshed(value.terms, rename).flatMap((term) => {
        const held = term.factors.some((factor) => factor.labels.includes(row));
        // A part that is the same all along its axis is written out, so that it has a place.
        const factors = held
          ? term.factors
          : [...term.factors, { expr: ones(extent, node.dtype), labels: [row] }];
        return foldTerm({ scale: term.scale, factors: [...factors, place] }, labels) ?? [];
      });
    });
    return this.mergeParameters({ labels, terms }, node);
  }

  /** Terms that do not depend on the example are added up to one. */
  private mergeParameters(value: SumOfProducts, node: Expr): SumOfProducts {
    const fixed = value.terms.filter((term) => term.factors.every((factor) => !factor.expr.examples));
    if (fixed.length < 2) return value;
    const expr = this.build({ labels: value.labels, terms: fixed }, node, false);
    const rest = value.terms.filter((term) => !fixed.includes(term));
    return {
      labels: value.labels,
      terms: [...rest, { scale: 1, factors: [{ expr, labels: value.labels }] }],
    };
  }

  /** Adds the terms up: parameters first, then tables with one index, then what is left per example. */
  private build(value: SumOfProducts, node: Expr, perExample = node.examples): Expr {
    const only = value.terms[0];
    const factor = only?.factors[0];
    if (
      value.terms.length === 1 &&
      only?.scale === 1 &&
      only.factors.length === 1 &&
      factor?.expr.examples &&
      factor.labels.join() === value.labels.join()
    ) {
      return factor.expr;
    }
    const parts = value.terms.map((term) => this.termValue(term, value.labels, node));
    const groups = new Map<string, Factor>();
    for (const part of parts) {
      const key = groupKey(part);
      const known = groups.get(key);
      groups.set(key, known === undefined ? part : addFactors(known, part, value.labels));
    }
    const ordered = [...groups.values()].sort((a, b) => Number(a.expr.examples) - Number(b.expr.examples));
    let total: Expr | undefined;
    for (const part of ordered) {
      const expr = alignTo(part, value.labels);
      total = total === undefined ? expr : add(total, expr);
    }
    const result = broadcastTo(total ?? constant(0, [], node.dtype), node.shape);
    return perExample ? broadcastExamples(result) : result;
  }

  private termValue(term: Term, labels: readonly Label[], node: Expr): Factor {
    if (term.factors.length === 0) return { expr: constant(term.scale, [], node.dtype), labels: [] };
    return multiplyTerm(padPlaced(term), labels, this.labels, this.examples);
  }
}

function ones(extent: number, dtype: Expr['dtype']): Expr {
  return constant(new Array<number>(extent).fill(1), [extent], dtype);
}

function groupKey(part: Factor): string {
  const labels = [...part.labels].sort((a, b) => a - b).join();
  if (!part.expr.examples) return 'parameters';
  return isLookup(part.expr)
    ? `lookup ${(part.expr.inputs[1] as Expr).id} ${labels}`
    : `example ${part.expr.id}`;
}

function addFactors(a: Factor, b: Factor, labels: readonly Label[]): Factor {
  if (!a.expr.examples) return { expr: add(alignTo(a, labels), alignTo(b, labels)), labels };
  const own = labels.filter((label) => a.labels.includes(label));
  const row: Label = -1;
  const table = (factor: Factor): Expr =>
    alignTo({ expr: factor.expr.inputs[0] as Expr, labels: [row, ...factor.labels] }, [row, ...own]);
  return { expr: gather(add(table(a), table(b)), a.expr.inputs[1] as Expr), labels: own };
}

export interface Factored {
  readonly roots: Expr[];
  readonly rewritings: readonly Rewriting[];
}

/**
 * Rewrites a graph to cost less; to be applied before differentiation, so that gradients are factored too.
 * @param examples how many examples a run has: what a value per example is weighed with
 */
export function factor(roots: readonly Expr[], examples: number): Factored {
  const same = simplify(roots);
  const merged = roots.map((root) => same.get(root) as Expr);
  const factoring = new Factoring(merged, examples);
  return { roots: merged.map((root) => factoring.compute(root)), rewritings: factoring.rewritings };
}
