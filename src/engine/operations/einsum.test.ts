import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Scene } from '../../../test/engine/scene.ts';
import type { Dtype, Expr, Shape } from '../index.ts';
import * as g from '../index.ts';

const floats: Dtype[] = ['f64', 'f32'];
const tolerance = { f64: 1e-12, f32: 1e-5, i32: 0 };

/** All four ways to give the operands an example axis, kept and summed. */
function everyKind(scene: Scene, spec: string, a: Shape, b: Shape, dtype: Dtype): Record<string, Expr> {
  const nodes: Record<string, Expr> = {};
  for (const [ea, eb] of [
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ]) {
    const [x, y] = [scene.leaf(a, dtype, ea), scene.leaf(b, dtype, eb)];
    const name = `${spec} of ${ea ? 'examples ' : ''}[${a}] and ${eb ? 'examples ' : ''}[${b}]`;
    nodes[name] = g.einsum(spec, x, y);
    if (ea || eb) nodes[`${name}, summed`] = g.einsumOverExamples(spec, x, y);
  }
  return nodes;
}

describe.each(floats)('%s', (dtype) => {
  test('matrix products agree with the oracle for all extents from 1 to 20, 97 and 113', async () => {
    const extents = [...Array.from({ length: 20 }, (_, i) => i + 1), 97, 113];
    for (const n of extents) {
      const scene = await Scene.open({ rows: 9 });
      const nodes: Record<string, Expr> = {};
      for (const [m, k] of [
        [1, 5],
        [3, 1],
        [6, 9],
      ]) {
        Object.assign(nodes, everyKind(scene, 'ij,jk->ik', [m, k], [k, n], dtype));
        nodes[`matmul ${m} ${k} ${n}`] = g.matmul(
          scene.leaf([m, k], dtype, false),
          scene.leaf([k, n], dtype, false),
        );
      }
      Object.assign(nodes, everyKind(scene, 'j,jk->k', [n], [n, 4], dtype));
      Object.assign(nodes, everyKind(scene, 'j,kj->k', [4], [n, 4], dtype));
      scene.agree(nodes, scene.order(n === 17 ? 65 : 2), tolerance[dtype]);
    }
  });

  test.each<[string, Shape, Shape]>([
    ['i,i->', [9], [9]],
    ['i,i->i', [9], [9]],
    ['i,j->ij', [9], [5]],
    ['i,j->ji', [9], [13]],
    [',->', [], []],
    [',ij->ji', [], [3, 9]],
    ['ij,ij->', [3, 9], [3, 9]],
    ['ij,ji->', [3, 9], [9, 3]],
    ['ij,jk->ki', [5, 9], [9, 11]],
    ['ji,kj->ik', [9, 5], [11, 9]],
    ['ji,kj->ki', [9, 12], [11, 9]],
    ['bij,bjk->bik', [3, 4, 5], [3, 5, 9]],
    ['bij,bjk->ikb', [3, 4, 5], [3, 5, 9]],
    ['ibj,jbk->bki', [4, 3, 5], [5, 3, 9]],
    ['qhe,khe->hqk', [3, 4, 8], [3, 4, 8]],
    ['hqk,khe->qhe', [4, 3, 3], [3, 4, 8]],
    ['qhe,hed->qd', [3, 4, 8], [4, 8, 16]],
    ['pd,hde->phe', [3, 16], [4, 16, 8]],
    ['abc,cbd->ad', [2, 3, 4], [4, 3, 9]],
    ['abc,bcd->ad', [2, 3, 9], [3, 9, 5]],
    ['abcd,cd->ab', [2, 3, 4, 5], [4, 5]],
    ['abcd,db->ac', [2, 3, 4, 10], [10, 3]],
    ['ab,cd->acbd', [2, 9], [3, 10]],
    ['ab,cd->dbca', [2, 9], [3, 10]],
    ['abx,cx->bca', [3, 2, 9], [5, 9]],
    ['ij,jk->ik', [1, 1], [1, 9]],
    ['ij,jk->ik', [13, 9], [9, 1]],
    ['ij,jk->ki', [13, 9], [9, 1]],
    ['ij,jk->ik', [13, 13], [13, 13]],
    ['aij,jk->aik', [2, 3, 97], [97, 10]],
  ])('%s of %j and %j', async (spec, a, b) => {
    const scene = await Scene.open({ rows: 10 });
    scene.agree(everyKind(scene, spec, a, b, dtype), scene.order(6), tolerance[dtype]);
  });

  test('permuted, sliced, broadcast and reshaped operands are read as they are', async () => {
    const scene = await Scene.open();
    for (const [ea, eb] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ]) {
      const [a, b] = [scene.leaf([9, 5, 11], dtype, ea), scene.leaf([5, 13], dtype, eb)];
      const spread = g.broadcastTo(g.slice(b, 0, 2, 3), [5, 13]);
      const nodes: Record<string, Expr> = {
        permuted: g.einsum('aij,jk->aik', g.permute(a, [2, 0, 1]), b),
        sliced: g.einsum('iaj,ak->ijk', g.slice(a, 2, 2, 9), g.slice(b, 1, 1, 12)),
        transposed: g.einsum('aji,kj->aik', a, g.permute(b, [1, 0])),
        broadcast: g.einsum('aji,jk->aik', g.slice(a, 2, 1, 10), spread),
        reshaped: g.einsum('ij,jk->ik', g.reshape(a, [99, 5]), b),
        padded: g.matmul(g.pad(g.permute(a, [0, 2, 1]), 2, 0, 7), g.pad(b, 0, 1, 7)),
      };
      if (ea && eb) nodes.over = g.einsumOverExamples('aji,jk->aik', g.permute(a, [0, 1, 2]), spread);
      scene.agree(nodes, scene.order(5), tolerance[dtype]);
    }
  });

  test('sums over 0, 1, 63, 64, 65, 200 and 600 examples start from nothing and miss none', async () => {
    const scene = await Scene.open();
    const [x, y] = [scene.column([9], dtype), scene.column([3, 5], dtype)];
    const w = scene.parameter([9, 4], dtype);
    for (const count of [0, 1, 63, 64, 65, 200, 600]) {
      scene.agree(
        {
          outer: g.einsumOverExamples('i,jk->kij', x, y),
          inner: g.einsumOverExamples('i,i->', x, x),
          after: g.einsumOverExamples('i,jk->ikj', g.matmul(x, w), y),
        },
        scene.order(count),
        dtype === 'f64' ? 1e-12 : 2e-5,
      );
    }
  });
});

/** A pattern in which every label stands in two or three of a, b and the result, each in any order. */
const patterns = fc
  .array(
    fc.record({
      extent: fc.constantFrom(1, 2, 3, 4, 9),
      places: fc.constantFrom('ab', 'ac', 'bc', 'abc'),
      orders: fc.tuple(fc.nat(), fc.nat(), fc.nat()),
    }),
    { maxLength: 4 },
  )
  .map((labels) => {
    const named = labels.map((label, i) => ({ ...label, name: 'ijklm'[i] }));
    const part = (place: string, which: number) =>
      named.filter(({ places }) => places.includes(place)).sort((x, y) => x.orders[which] - y.orders[which]);
    const [a, b, c] = [part('a', 0), part('b', 1), part('c', 2)];
    const write = (list: typeof a) => list.map(({ name }) => name).join('');
    return {
      spec: `${write(a)},${write(b)}->${write(c)}`,
      a: a.map(({ extent }) => extent),
      b: b.map(({ extent }) => extent),
    };
  });

test('any pattern of labels agrees with the oracle, value and gradients', async () => {
  await fc.assert(
    fc.asyncProperty(patterns, fc.boolean(), fc.boolean(), async ({ spec, a, b }, ea, eb) => {
      const scene = await Scene.open({ rows: 5 });
      const [x, y] = [scene.leaf(a, 'f64', ea), scene.leaf(b, 'f64', eb)];
      const product = g.einsum(spec, x, y);
      const [dx, dy] = g.vjp(product, g.tanh(product), [x, y]);
      const nodes: Record<string, Expr> = { product, dx, dy };
      if (ea || eb) nodes.over = g.einsumOverExamples(spec, x, y);
      scene.agree(nodes, scene.order(6), 1e-12);
    }),
    { numRuns: 80 },
  );
});

test('wrong patterns and shapes are refused with the pattern', () => {
  const [a, b] = [g.parameter('a', [2, 3]), g.parameter('b', [4, 5])];
  expect(() => g.einsum('ij,jk', a, b)).toThrow('einsum: needs a pattern like "ij,jk->ik", got "ij,jk"');
  expect(() => g.einsum('ij,jk->ik', a, b)).toThrow(
    'einsum: label j of "ij,jk->ik" is 3 long in [2, 3] and 4 in [4, 5]',
  );
  expect(() => g.einsum('ijk,jk->ik', a, b)).toThrow(
    'einsum: "ijk,jk->ik" names 3 axes for a value of shape [2, 3]',
  );
  expect(() => g.einsum('ii,jk->ik', a, b)).toThrow(
    'einsum: a label may stand once in each of a, b and the result, got "ii,jk->ik"',
  );
  expect(() => g.einsum('ij,kl->kl', a, b)).toThrow(
    'einsum: label i of "ij,kl->kl" must stand in at least two of a, b and the result; sum it first',
  );
  expect(() => g.matmul(a, b)).toThrow(
    'matmul: the last axis of the first operand must be as long as the first of the second, a matrix; got [2, 3] and [4, 5]',
  );
  expect(() => g.einsum('ij,jk->ik', g.parameter('i', [2, 3], 'i32'), b)).toThrow(
    'einsum: needs f32 or f64, got i32 of shape [2, 3]; use cast',
  );
  expect(() => g.einsumOverExamples('ij,jk->ik', a, b)).toThrow(
    'einsumOverExamples: needs a value per example in at least one operand, got none',
  );
});
