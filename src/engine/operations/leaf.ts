/** Leaves of the graph: parameters, inputs, constants, and the number of examples of the run. */

import type { Dtype } from '../dtype.ts';
import { bug, refuse } from '../errors.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { checkShape, formatShape, type Shape, sizeOf } from '../shape.ts';
import { cast } from './cast.ts';

function leaf(name: string): Operation {
  return {
    name,
    derivative: () => [],
    lower: () => bug(`${name} has no instructions`),
  };
}

export const parameterOperation = leaf('parameter');
export const inputOperation = leaf('input');
export const constantOperation = leaf('constant');

/** A tensor that programs read and update; it is known by its name. */
export function parameter(name: string, shape: Shape, dtype: Dtype = 'f32'): Expr {
  checkShape(`parameter ${name}`, shape);
  return makeNode(parameterOperation, [], shape, dtype, false, { name });
}

/**
 * A value given from outside: with `examples` a column of the data set (one row per example), without a setting
 * that may change from step to step.
 */
export function input(name: string, shape: Shape, dtype: Dtype, options: { examples: boolean }): Expr {
  checkShape(`input ${name}`, shape);
  return makeNode(inputOperation, [], shape, dtype, options.examples, { name });
}

/** Fixed numbers: one for every element, or all elements in row-major order. */
export function constant(value: number | readonly number[], shape: Shape = [], dtype: Dtype = 'f32'): Expr {
  checkShape('constant', shape);
  if (typeof value !== 'number' && value.length !== sizeOf(shape)) {
    refuse('constant', `shape ${formatShape(shape)} needs ${sizeOf(shape)} numbers, got ${value.length}`);
  }
  return makeNode(constantOperation, [], shape, dtype, false, { value });
}

/** The setting that a program sets itself before each run. */
export const EXAMPLE_COUNT = 'exampleCount';

/** The number of examples of the run, a scalar; what a mean over examples divides by. */
export function exampleCount(dtype: Dtype = 'f32'): Expr {
  return cast(makeNode(inputOperation, [], [], 'i32', false, { name: EXAMPLE_COUNT }), dtype);
}
