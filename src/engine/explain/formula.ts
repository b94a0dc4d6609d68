/** Values of a graph as short formulas, in the names of its parameters and inputs. */

import type { Expr } from '../expression.ts';
import { constantOperation } from '../operations/leaf.ts';

/** How a formula refers to an operand that has no name of its own. */
export type Reference = (operand: Expr) => string;

const INFIX: Readonly<Record<string, string>> = { einsum: '·', add: '+', sub: '−', mul: '×', div: '/' };

const BRACKETED = new Set([...Object.keys(INFIX), 'einsumOverExamples']);

/** Operations whose result is their operand in another order: a formula says nothing of them. */
const UNSAID = new Set(['reshape', 'permute', 'broadcast', 'broadcastExamples', 'cast', 'stopGradient']);

/** True for what is neither a leaf nor another view of one, and so deserves a line. */
export function isComputed(node: Expr): boolean {
  return node.inputs.length > 0 && !node.operation.view;
}

/** The operand as it is written in a formula: a name, a number, a part of a named value, or a reference. */
function operandText(operand: Expr, reference: Reference): string {
  const { name, value, axis, start } = operand.attributes;
  const [source] = operand.inputs;
  if (source === undefined) {
    if (operand.operation !== constantOperation) return String(name);
    return typeof value === 'number' ? shortNumber(value) : 'constants';
  }
  if (UNSAID.has(operand.operation.name)) return operandText(source, reference);
  if (operand.operation.name !== 'slice') return reference(operand);
  const part = `${start}:${(start as number) + (operand.shape[axis as number] as number)}`;
  return `${operandText(source, reference)}[${':,'.repeat(axis as number)}${part}]`;
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** The formula of a value: `a · b` for a product summed over axes, `W[token]` for a lookup, `softmax(x)` for the rest. */
export function formula(node: Expr, reference: Reference): string {
  const operands = node.inputs.map((operand) => operandText(operand, reference));
  const { name } = node.operation;
  const infix = INFIX[name];
  if (infix !== undefined) return operands.join(` ${infix} `);
  if (name === 'einsumOverExamples') return `Σ examples ${operands.join(' · ')}`;
  if (name === 'gather') return `${operands[0]}[${operands[1]}]`;
  return `${name}(${operands.join(', ')})`;
}

/** A formula that stands alone: operands without a name are written out to a depth, and are `…` beyond it. */
export function formulaAlone(node: Expr, depth = 1): string {
  return formula(node, (operand) => {
    if (depth === 0) return '…';
    const inner = formulaAlone(operand, depth - 1);
    return BRACKETED.has(operand.operation.name) ? `(${inner})` : inner;
  });
}
