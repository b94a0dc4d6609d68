/** Instructions of a fused group: its iteration space collapsed to at most three loops, its steps over registers. */

import { BYTES, DTYPE_CODE } from '../dtype.ts';
import { bug } from '../errors.ts';
import type { Expr } from '../expression.ts';
import {
  type Count,
  count,
  isCanonical,
  type Lowering,
  once,
  pitch,
  rows,
  type View,
  type Word,
} from '../lowering.ts';
import { OPCODE, STEP } from '../opcodes.ts';
import { sameShape } from '../shape.ts';
import { REGISTER_BYTES } from './registers.ts';

interface Loop {
  readonly count: Count;
  /** Strides in elements, one per view. */
  readonly strides: readonly number[];
}

/** Strides of a view over the group's axes, 0 where it is broadcast. */
function aligned(view: View, rank: number): number[] {
  const missing = rank - view.shape.length;
  return Array.from({ length: rank }, (_, axis) =>
    axis < missing || view.shape[axis - missing] === 1 ? 0 : (view.strides[axis - missing] as number),
  );
}

/** The loops over [examples, …shape], neighbours merged where all views allow it. */
function loopsOver(shape: readonly number[], examples: boolean, views: readonly View[]): Loop[] {
  const strides = views.map((view) => aligned(view, shape.length));
  const loops: Loop[] = [];
  if (examples)
    loops.push({ count: rows(), strides: views.map((view) => (view.examples ? view.exampleStride : 0)) });
  for (const [axis, extent] of shape.entries()) {
    // Padding is computed along: results are canonical, and every buffer can be read a little beyond its rows.
    const length = axis === shape.length - 1 ? pitch(extent) : extent;
    if (length > 1)
      loops.push({ count: count(length), strides: strides.map((list) => list[axis] as number) });
  }
  const merged: Loop[] = [];
  for (const loop of loops) {
    const outer = merged[merged.length - 1];
    const length = loop.count.factor;
    if (
      outer !== undefined &&
      !loop.count.rows &&
      outer.strides.every((s, i) => s === length * (loop.strides[i] as number))
    ) {
      merged[merged.length - 1] = {
        count: { factor: outer.count.factor * length, rows: outer.count.rows },
        strides: loop.strides,
      };
    } else {
      merged.push(loop);
    }
  }
  return merged;
}

/** True when the loops fit the kernel: three at most, the innermost dense or broadcast in every view. */
function fits(loops: readonly Loop[]): boolean {
  const inner = loops[loops.length - 1];
  return loops.length <= 3 && (inner?.strides.every((stride) => stride === 0 || stride === 1) ?? true);
}

/** A run of fewer elements is hardly worth its beginning. */
const SHORT_RUN = 16;

/** Many short runs, which are one long run where no operand is broadcast. */
function hasShortRows(loops: readonly Loop[]): boolean {
  const inner = loops[loops.length - 1];
  return loops.length > 1 && loops[0]?.count.rows === true && (inner?.count.factor ?? 1) < SHORT_RUN;
}

/** One number for all elements and examples. */
function isNumber(view: View): boolean {
  return view.shape.every((extent) => extent === 1) && (!view.examples || view.exampleStride === 0);
}

function isWhole(view: View, root: Expr): boolean {
  return view.examples === root.examples && sameShape(view.shape, root.shape) && isCanonical(view);
}

/** Where the values of a stored node go, and how its operands are read. */
export interface GroupIo {
  /** The view of a node outside the group. */
  view(node: Expr): View;
  /** The buffer for a node stored by the group, canonical. */
  target(node: Expr): View;
}

/** Lowers a group of elementwise nodes; the last one is always stored. */
export function lowerGroup(
  nodes: readonly Expr[],
  stored: readonly Expr[],
  io: GroupIo,
  lowering: Pick<Lowering, 'emit' | 'scratch' | 'canonical' | 'copyOf'>,
): void {
  const inGroup = new Set(nodes);
  const root = nodes[nodes.length - 1] as Expr;
  const operands: Expr[] = [];
  for (const node of nodes) {
    for (const input of node.inputs)
      if (!inGroup.has(input) && !operands.includes(input)) operands.push(input);
  }
  const targets = stored.map((node) => io.target(node));
  let views = operands.map((operand) => io.view(operand));
  let loops = loopsOver(root.shape, root.examples, [...views, ...targets]);
  if (!fits(loops)) {
    // Copy the operands whose axes are permuted, then those that are broadcast along several axes.
    views = views.map((view) =>
      view.strides.some((stride) => stride === 0) ? view : lowering.canonical(view),
    );
    loops = loopsOver(root.shape, root.examples, [...views, ...targets]);
  }
  if (!fits(loops)) {
    views = views.map((view) => lowering.copyOf(view, root.shape, root.examples));
    loops = loopsOver(root.shape, root.examples, [...views, ...targets]);
  }
  if (hasShortRows(loops)) {
    // A run over a few elements costs as much as one over many: write broadcast operands out, so that rows can be merged.
    views = views.map((view) =>
      isNumber(view) || isWhole(view, root) ? view : lowering.copyOf(view, root.shape, root.examples),
    );
    loops = loopsOver(root.shape, root.examples, [...views, ...targets]);
  }
  if (!fits(loops)) bug(`elementwise group over ${loops.length} loops`);
  emitGroup(nodes, stored, operands, views, targets, loops, lowering);
}

/** Assigns registers to the results of steps, free again after their last use. */
function assignRegisters(nodes: readonly Expr[], stored: readonly Expr[]): Map<Expr, number> {
  const lastUse = new Map<Expr, number>();
  for (const [i, node] of nodes.entries()) for (const input of node.inputs) lastUse.set(input, i);
  const register = new Map<Expr, number>();
  const free: number[] = [];
  let used = 0;
  for (const [i, node] of nodes.entries()) {
    register.set(node, free.pop() ?? used++);
    for (const input of new Set([...node.inputs, node])) {
      const at = register.get(input);
      // Values that are stored wait in their register for the end of the chunk.
      if (at !== undefined && (lastUse.get(input) ?? i) === i && !stored.includes(input)) free.push(at);
    }
  }
  return register;
}

function emitGroup(
  nodes: readonly Expr[],
  stored: readonly Expr[],
  operands: readonly Expr[],
  views: readonly View[],
  targets: readonly View[],
  loops: readonly Loop[],
  lowering: Pick<Lowering, 'emit' | 'scratch'>,
): void {
  const root = nodes[nodes.length - 1] as Expr;
  const size = BYTES[root.dtype];
  const [outer, middle, inner] = [loops[loops.length - 3], loops[loops.length - 2], loops[loops.length - 1]];
  const register = assignRegisters(nodes, stored);
  const registers = lowering.scratch((Math.max(0, ...register.values()) + 1) * REGISTER_BYTES);
  const at = (node: Expr): number => {
    const operand = operands.indexOf(node);
    return operand >= 0 ? operand : operands.length + (register.get(node) as number);
  };
  // The last step may write straight to memory, in whole vectors, where it does not run over into another row.
  const wholeVectors = loops.length <= 1 || (inner as Loop).count.factor % 8 === 0;
  const stride = (loop: Loop | undefined, i: number): number => (loop?.strides[i] ?? 0) * size;
  const words: Word[] = [
    DTYPE_CODE[root.dtype],
    outer?.count ?? once,
    middle?.count ?? once,
    inner?.count ?? once,
    operands.length,
    nodes.length,
    stored.length,
    registers,
  ];
  for (const [i, view] of views.entries()) {
    words.push(view.pointer, stride(outer, i), stride(middle, i), (inner?.strides[i] ?? 0) === 0 ? 0 : 1);
  }
  for (const node of nodes) {
    const inputs = node.inputs.map(at);
    const first = inputs[0] as number;
    const direct = node === root && wholeVectors;
    const target = direct ? -1 - stored.indexOf(root) : (register.get(node) as number);
    words.push(
      STEP[node.operation.step as string] as number,
      target,
      first,
      inputs[1] ?? first,
      inputs[2] ?? first,
    );
  }
  for (const [i, node] of stored.entries()) {
    const at = operands.length + i;
    words.push(
      node === root && wholeVectors ? -1 : (register.get(node) as number),
      (targets[i] as View).pointer,
      stride(outer, at),
      stride(middle, at),
    );
  }
  lowering.emit(OPCODE.elementwise, words);
}
