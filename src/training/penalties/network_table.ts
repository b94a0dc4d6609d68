/**
 * The network's function as a table over all pairs of Z_N: the logits of its examples, each in the row of its element
 * a·N + b. What is made of the table, and its gradient, flows back to every example by that row.
 */

import { type Expr, economize, input, scatterAdd } from '../../engine/index.ts';
import type { Dataset } from '../../tasks/index.ts';
import { elementColumns } from '../../tasks/input-group/index.ts';
import type { PenaltySetting } from './penalty.ts';

const column = (name: string): Expr => input(name, [], 'i32', { examples: true });

/** Logits on every element of the input group, per example: without dropout, of the weights that are trained. */
export function logitsOnAll({ model, order }: PenaltySetting): Expr {
  const tokens = [column('penalty.token0'), column('penalty.token1')];
  return economize([model.forward(tokens, 'eval').logits], order * order)[0] as Expr;
}

/** The same on the train examples. */
export function logitsOnTrain({ model, trainExamples }: PenaltySetting): Expr {
  const tokens = [column('token0'), column('token1')];
  return economize([model.forward(tokens, 'eval').logits], trainExamples)[0] as Expr;
}

/** [N², classes]: the logits in the rows of their elements, zeros where there is no example. */
export function byElement(logits: Expr, order: number): Expr {
  return scatterAdd(column('penalty.element'), logits, order * order);
}

/** The columns of `logitsOnAll`. @param label numbers the tokens of both operands anew; the identity by default */
export function columnsOfAll({ vocabulary }: Dataset, label?: Int32Array): Record<string, Int32Array> {
  const places = elementColumns([vocabulary, vocabulary]);
  const renumbered = places.map((column) => (label ? column.map((t) => label[t] as number) : column));
  const [first, second] = renumbered as [Int32Array, Int32Array];
  const element = Int32Array.from({ length: first.length }, (_, i) => i);
  return { 'penalty.token0': first, 'penalty.token1': second, 'penalty.element': element };
}

/** The element of every example of the data set: what `byElement` of `logitsOnTrain` lacks. */
export function elementColumn({ tokens, vocabulary }: Dataset): Record<string, Int32Array> {
  const [first, second] = tokens as [Int32Array, Int32Array];
  return { 'penalty.element': first.map((a, i) => a * vocabulary + (second[i] as number)) };
}

/** [N²], 1 for the elements of train examples, else 0. */
export function trainMask({ tokens, vocabulary, split }: Dataset): Float64Array {
  const [first, second] = tokens as [Int32Array, Int32Array];
  const mask = new Float64Array(vocabulary * vocabulary);
  for (const example of split.train)
    mask[(first[example] as number) * vocabulary + (second[example] as number)] = 1;
  return mask;
}
