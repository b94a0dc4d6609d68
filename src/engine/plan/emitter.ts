/** Collects the instructions of a stage and lowers nodes into it: views, buffers, copies, packed operands. */

import { BYTES, type Dtype } from '../dtype.ts';
import { bug } from '../errors.ts';
import type { Expr } from '../expression.ts';
import {
  advance,
  type Buffer,
  canonicalSize,
  canonicalStrides,
  count,
  type Instruction,
  isCanonical,
  type Lowering,
  type Pointer,
  rows,
  type Space,
  type View,
  type Word,
} from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import { TILE_EXAMPLES } from '../operations/contraction.ts';
import { denseStrides } from '../operations/reshape.ts';
import { broadcastShapes, type Shape, sizeOf } from '../shape.ts';
import { sumsOverExamples } from './stages.ts';

/** Bytes after every buffer that kernels may read or write over: whole vectors at the end of a row. */
export const SLACK_BYTES = 64;

let nextBuffer = 0;

export function makeBuffer(space: Space, bytes: number, tileBytes = 0): Buffer {
  return { id: nextBuffer++, space, bytes: bytes + SLACK_BYTES, tileBytes, address: -1 };
}

/** A canonical view of a new buffer. */
export function makeView(shape: Shape, dtype: Dtype, examples: boolean, space: Space): View {
  const size = canonicalSize(shape);
  const held = examples && space === 'worker' ? TILE_EXAMPLES : 1;
  const tileBytes = space === 'tile' ? TILE_EXAMPLES * size * BYTES[dtype] : 0;
  return {
    pointer: { buffer: makeBuffer(space, size * held * BYTES[dtype], tileBytes), offset: 0 },
    dtype,
    shape,
    strides: canonicalStrides(shape),
    examples,
    exampleStride: examples ? size : 0,
  };
}

/** Buffers filled before the tiles run, shared by equal requests. */
export type Hoisted = Map<string, Pointer>;

export class Emitter {
  readonly instructions: Instruction[] = [];
  /** Where this stage's hoisted instructions go, and which exist. */
  private readonly before: Instruction[];
  private readonly hoisted: Hoisted;
  /** Views of the nodes known to this stage. */
  readonly views: Map<Expr, View>;
  private readonly space: Space;
  /** Rows copied out of tables, by table and index. */
  private readonly copied = new Map<string, Pointer>();

  constructor(options: {
    views: Map<Expr, View>;
    space: 'static' | 'worker';
    before: Instruction[];
    hoisted: Hoisted;
  }) {
    this.views = options.views;
    this.space = options.space;
    this.before = options.before;
    this.hoisted = options.hoisted;
  }

  /** Where a node's values lie; rows named by an index are copied out of their table first. */
  view(node: Expr): View {
    return this.rowsOf(this.reference(node));
  }

  /** Where a node's values lie, which may be in the rows of a table. */
  reference(node: Expr): View {
    return this.views.get(node) ?? bug(`no value for ${node.operation.name}`);
  }

  /** The same values in the tile's own memory, without an index. */
  rowsOf(view: View): View {
    if (view.index === undefined) return view;
    const { pointer, table } = view.index;
    const rowBytes = view.exampleStride * BYTES[view.dtype];
    const key = [pointer, table].map(({ buffer, offset }) => `${buffer.id}+${offset}`).join(' of ');
    const known = this.copied.get(key);
    const copy = known ?? this.scratch(rowBytes * TILE_EXAMPLES);
    if (known === undefined) {
      this.copied.set(key, copy);
      this.emit(OPCODE.gather, [table, pointer, copy, rows(), rowBytes]);
    }
    const { index: _, ...rest } = view;
    return { ...rest, pointer: advance(copy, view.pointer.offset - table.offset) };
  }

  emit(opcode: number, words: readonly Word[]): void {
    this.instructions.push({ opcode, words });
  }

  allocate(shape: Shape, dtype: Dtype, examples: boolean): View {
    return makeView(shape, dtype, examples, examples ? 'worker' : this.space);
  }

  scratch(bytes: number): Pointer {
    return { buffer: makeBuffer('worker', bytes), offset: 0 };
  }

  zero(target: View): void {
    const bytes = canonicalSize(target.shape) * BYTES[target.dtype];
    this.emit(OPCODE.fill, [target.pointer, target.examples ? rows(bytes) : count(bytes)]);
  }

  copy(from: View, target: View): void {
    const source = this.rowsOf(from);
    const size = BYTES[source.dtype];
    const loops: { count: Word; from: number; to: number }[] = [];
    if (target.examples) {
      loops.push({
        count: rows(),
        from: source.examples ? source.exampleStride : 0,
        to: target.exampleStride,
      });
    }
    for (const [axis, extent] of target.shape.entries()) {
      if (extent > 1)
        loops.push({
          count: count(extent),
          from: source.strides[axis] as number,
          to: target.strides[axis] as number,
        });
    }
    if (loops.length === 0) loops.push({ count: count(1), from: 1, to: 1 });
    this.emit(OPCODE.copy, [
      size,
      source.pointer,
      target.pointer,
      loops.length,
      ...loops.flatMap((loop) => [loop.count, loop.from * size, loop.to * size]),
    ]);
  }

  copyOf(given: View, shape: Shape, examples: boolean): View {
    const view = this.rowsOf(given);
    broadcastShapes('copy', view.shape, shape);
    const missing = shape.length - view.shape.length;
    const strides = shape.map((extent, axis) =>
      axis < missing || view.shape[axis - missing] !== extent ? 0 : (view.strides[axis - missing] as number),
    );
    const target = this.allocate(shape, view.dtype, examples);
    this.copy({ ...view, shape, strides, exampleStride: view.examples ? view.exampleStride : 0 }, target);
    return target;
  }

  canonical(given: View): View {
    const view = this.rowsOf(given);
    return isCanonical(view) ? view : this.copyOf(view, view.shape, view.examples);
  }

  dense(given: View): View {
    const view = this.rowsOf(given);
    const strides = denseStrides(view.shape);
    const size = sizeOf(view.shape);
    const already =
      view.shape.every((extent, axis) => extent === 1 || view.strides[axis] === strides[axis]) &&
      (!view.examples || view.exampleStride === size);
    if (already) return view;
    const target = {
      ...this.allocate([size], view.dtype, view.examples),
      shape: view.shape,
      strides,
      exampleStride: size,
    };
    this.copy(view, target);
    return target;
  }

  hoist(key: string, source: View, bytes: number, fill: (target: Pointer) => Instruction[]): Pointer {
    const full = `${key} of ${source.pointer.buffer.id}+${source.pointer.offset}`;
    const known = this.hoisted.get(full);
    if (known !== undefined) return known;
    const target = { buffer: makeBuffer('static', bytes), offset: 0 };
    this.before.push(...fill(target));
    this.hoisted.set(full, target);
    return target;
  }

  /** Lowers one node that is not elementwise, and records its view. */
  lower(node: Expr): void {
    let result: View | undefined;
    const output = (): View => {
      if (result === undefined) {
        result = sumsOverExamples(node)
          ? makeView(node.shape, node.dtype, false, 'lane')
          : this.allocate(node.shape, node.dtype, node.examples);
        this.views.set(node, result);
      }
      return result;
    };
    const reference = (i: number): View => this.reference(node.inputs[i] as Expr);
    const lowering: Lowering = {
      // A view of a row is a part of that row, where it lies.
      input: (i) => (node.operation.view ? reference(i) : this.view(node.inputs[i] as Expr)),
      reference,
      rowsOf: (view) => this.rowsOf(view),
      output,
      denseOutput: () => {
        const size = sizeOf(node.shape);
        const view =
          canonicalSize(node.shape) === size ? output() : this.allocate([size], node.dtype, node.examples);
        return {
          ...view,
          shape: node.shape,
          strides: denseStrides(node.shape),
          exampleStride: node.examples ? size : 0,
        };
      },
      finish: (view) => {
        const target = output();
        if (target.pointer.buffer !== view.pointer.buffer) this.copy(view, target);
      },
      alias: (view) => {
        this.views.set(node, view);
      },
      scratch: (bytes) => this.scratch(bytes),
      canonical: (view) => this.canonical(view),
      copyOf: (view, shape, examples) => this.copyOf(view, shape, examples),
      dense: (view) => this.dense(view),
      copy: (source, target) => this.copy(source, target),
      zero: (target) => this.zero(target),
      emit: (opcode, words) => this.emit(opcode, words),
      hoist: (key, source, bytes, fill) => this.hoist(key, source, bytes, fill),
    };
    node.operation.lower(node, lowering);
    if (!this.views.has(node)) bug(`${node.operation.name} left no value`);
  }
}
