/**
 * Sums that are joined when a program is planned, after differentiation: products that are added to one another, products
 * added into the rows of a table, and sums over examples that share an accumulator.
 */

import { bug } from '../errors.ts';
import { type Expr, makeNode, type Operation } from '../expression.ts';
import { nodeOperations, productOperations } from '../factoring/operation-count.ts';
import { canonicalSize, canonicalStrides, type View } from '../lowering.ts';
import { sizeOf } from '../shape.ts';
import { lowerProducts } from './contraction.ts';
import { operandsOf } from './einsum.ts';
import { reshapeStrides } from './reshape.ts';

const notDifferentiated = (): never => bug('joined sums are made after differentiation');

const specs = (node: Expr): string[] => String(node.attributes.specs).split(';');

const sumOfProductsOperation: Operation = {
  name: 'sumOfProducts',
  derivative: notDifferentiated,
  flops(node, runs) {
    const patterns = specs(node);
    const products = patterns.map((pattern, i) =>
      productOperations(pattern.split(':')[0] as string, node.inputs.slice(2 * i, 2 * i + 2)),
    );
    const started = node.inputs.length > 2 * patterns.length ? sizeOf(node.shape) : 0;
    return runs * products.reduce((sum, flops) => sum + flops, started);
  },
  lower(node, lowering) {
    const patterns = specs(node);
    const started = node.inputs.length > 2 * patterns.length;
    const target = lowering.output();
    const products = patterns.map((pattern, i) => {
      const [spec, shape] = pattern.split(':') as [string, string];
      const axes = shape === '' ? [] : shape.split('x').map(Number);
      const strides = reshapeStrides(target, axes) ?? bug('a term of a sum of products has another layout');
      const [a, b] = operandsOf(lowering, 2 * i);
      return { spec, a, b, c: { ...target, shape: axes, strides }, overExamples: false, accumulate: false };
    });
    const start = started ? lowering.input(2 * patterns.length) : undefined;
    lowerProducts(products, start, target, lowering);
  },
};

/** start + Σ of einsums; all have the sum's elements in its order, axes of one element aside. */
export function sumOfProducts(sum: Expr, products: readonly Expr[], start: Expr | undefined): Expr {
  return makeNode(
    sumOfProductsOperation,
    [...products.flatMap((product) => product.inputs), ...(start === undefined ? [] : [start])],
    sum.shape,
    sum.dtype,
    sum.examples,
    { specs: products.map(({ attributes, shape }) => `${attributes.spec}:${shape.join('x')}`).join(';') },
  );
}

const scatterProductOperation: Operation = {
  name: 'scatterProduct',
  reducesExamples: () => true,
  derivative: notDifferentiated,
  flops: (node, runs) => runs * productOperations(node.attributes.spec as string, node.inputs.slice(1)),
  lower(node, lowering) {
    const indices = lowering.dense(lowering.input(0));
    const target = lowering.output();
    const shape = node.shape.slice(1);
    const row: View = {
      ...target,
      shape,
      strides: canonicalStrides(shape),
      examples: true,
      exampleStride: canonicalSize(shape),
      index: { pointer: indices.pointer, table: target.pointer },
    };
    const [a, b] = [lowering.input(1), lowering.input(2)];
    const spec = node.attributes.spec as string;
    lowerProducts([{ spec, a, b, c: row, overExamples: false, accumulate: true }], undefined, row, lowering);
  },
};

/** scatterAdd(index, einsum(spec, a, b)), each example's product added to its row of the table at once. */
export function scatterProduct(scatter: Expr, index: Expr, a: Expr, b: Expr, spec: string): Expr {
  return makeNode(scatterProductOperation, [index, a, b], scatter.shape, scatter.dtype, false, { spec });
}

/** The sum of sums over examples of one shape, tile by tile in their order, in one accumulator. */
export function sumTogether(sums: readonly Expr[]): Expr {
  const [first] = sums as readonly [Expr];
  const operation: Operation = {
    name: `together ${sums.map((sum) => sum.operation.name).join(' ')}`,
    reducesExamples: () => true,
    derivative: notDifferentiated,
    flops: (_, runs) => sums.reduce((flops, sum) => flops + nodeOperations(sum, runs), 0),
    lower(_, lowering) {
      let offset = 0;
      for (const sum of sums) {
        const from = offset;
        sum.operation.lower(sum, {
          ...lowering,
          input: (i) => lowering.input(from + i),
          reference: (i) => lowering.reference(from + i),
        });
        offset += sum.inputs.length;
      }
    },
  };
  const inputs = sums.flatMap((sum) => sum.inputs);
  return makeNode(operation, inputs, first.shape, first.dtype, false);
}
