/** Products with what is known of their factors folded away: numbers, parts of concatenations, one-hot rows. */

import type { Expr } from '../expression.ts';
import { gather } from '../operations/gather.ts';
import { constantOperation } from '../operations/leaf.ts';
import { permute } from '../operations/reshape.ts';
import type { Label, Labels } from './labels.ts';
import { cutTerm, type Factor, placement, renameTerm, type Term } from './sum-of-products.ts';

/** The number that a constant is everywhere; views of it are too. */
function uniformValue(expr: Expr): number | undefined {
  if (expr.operation.view) return uniformValue(expr.inputs[0] as Expr);
  if (expr.operation !== constantOperation) return undefined;
  const { value } = expr.attributes;
  if (typeof value === 'number') return value;
  const [first, ...others] = value as readonly number[];
  return others.every((other) => Object.is(other, first)) ? first : undefined;
}

/** One step of folding: the product that is left, `undefined` where there is nothing to do. */
type Fold = (term: Term, kept: readonly Label[], labels: Labels) => { product: Term | undefined } | undefined;

function without(term: Term, gone: Factor): Term {
  return { scale: term.scale, factors: term.factors.filter((factor) => factor !== gone) };
}

/** A number goes into the scale, once for each element it is summed over; where it alone says how long a part is, it stays. */
const foldNumber: Fold = (term, kept, labels) => {
  for (const factor of term.factors) {
    const value = uniformValue(factor.expr);
    if (value === undefined) continue;
    const others = term.factors.filter((other) => other !== factor);
    const holders = (label: Label): Factor[] => others.filter((other) => other.labels.includes(label));
    const lonely = factor.labels.filter((label) => holders(label).length === 0 && !kept.includes(label));
    const placed = factor.labels.some((label) => {
      const holding = holders(label);
      return holding.length > 0 && holding.every(({ expr }) => expr.operation === placement);
    });
    if (placed) continue;
    return { product: { scale: term.scale * value * labels.size(lonely), factors: others } };
  }
  return undefined;
};

/** A placement that is summed over picks its part of the factors it is multiplied with; the product may be 0. */
const foldPlacement: Fold = (term, kept, labels) => {
  const found = term.factors.find(({ expr, labels: own }) => {
    if (expr.operation !== placement) return false;
    return expr.shape[0] === expr.shape[1] || !kept.includes(own[1] as Label);
  });
  if (found === undefined) return undefined;
  const others = without(term, found);
  const [row, column] = found.labels as readonly [Label, Label];
  const [extent, total] = found.expr.shape as readonly [number, number];
  // The identity: one label for both; the row is never kept.
  if (extent === total) return { product: renameTerm(others, new Map([[row, column]])) };
  const start = found.expr.attributes.start as number;
  return { product: cutTerm(others, { from: column, to: row, start, extent }, labels) };
};

/**
 * Σᵥ onehot(index)ᵥ Π f(v) = Π f(index): parameters that are multiplied with one-hot rows, and summed over their
 * classes, are looked up instead. One-hot rows are those of `oneHot`, where the index lies within the classes as it must
 * for a lookup; a comparison with all classes may also find none.
 */
const foldOneHot: Fold = (term, kept) => {
  for (const factor of term.factors) {
    if (factor.expr.operation.name !== 'place') continue;
    const [rows, index] = factor.expr.inputs as readonly [Expr, Expr];
    const value = uniformValue(rows);
    const leading = factor.labels.slice(0, -1);
    const column = factor.labels[leading.length] as Label;
    if (value === undefined || kept.includes(column)) continue;
    const holders = term.factors.filter((other) => other !== factor && other.labels.includes(column));
    const found = holders.every(
      ({ expr, labels }) =>
        !expr.examples && expr.operation !== placement && !leading.some((label) => labels.includes(label)),
    );
    if (!found || (holders.length === 0 && leading.length > 0)) continue;
    const factors = without(term, factor).factors.map((other) =>
      holders.includes(other) ? lookedUp(other, column, leading, index) : other,
    );
    return { product: { scale: term.scale * value, factors } };
  }
  return undefined;
};

function lookedUp({ expr, labels }: Factor, column: Label, leading: readonly Label[], index: Expr): Factor {
  const axis = labels.indexOf(column);
  const rest = [...labels.keys()].filter((one) => one !== axis);
  return {
    expr: gather(permute(expr, [axis, ...rest]), index),
    labels: [...leading, ...rest.map((one) => labels[one] as Label)],
  };
}

/** A product with all folded that can be; `undefined` when it is 0. */
export function foldTerm(term: Term, kept: readonly Label[], labels: Labels): Term | undefined {
  let current = term;
  for (;;) {
    const step =
      foldNumber(current, kept, labels) ??
      foldPlacement(current, kept, labels) ??
      foldOneHot(current, kept, labels);
    if (step === undefined) return current.scale === 0 ? undefined : current;
    if (step.product === undefined) return undefined;
    current = step.product;
  }
}

/**
 * All products of a term of one sum with a term of the other, under the labels they share.
 * @param summed labels that are summed: where neither term has one, every element of it counts
 */
export function multiply(
  a: readonly Term[],
  b: readonly Term[],
  kept: readonly Label[],
  summed: readonly Label[],
  labels: Labels,
): Term[] {
  return a.flatMap((x) =>
    b.flatMap((y) => {
      const factors = [...x.factors, ...y.factors];
      const lacking = summed.filter((label) => !factors.some((factor) => factor.labels.includes(label)));
      return foldTerm({ scale: x.scale * y.scale * labels.size(lacking), factors }, kept, labels) ?? [];
    }),
  );
}
