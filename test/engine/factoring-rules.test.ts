import { expect, test } from 'vitest';
import { factor, rewrite } from '../../src/engine/factoring/factor.ts';
import { countOperations } from '../../src/engine/factoring/operation-count.ts';
import * as g from '../../src/engine/index.ts';
import { expectClose, Scene } from './scene.ts';

const EXAMPLES = 40;

/** Fails unless a graph has its own values after it was rewritten; returns what it was rewritten to. */
function agreeing(scene: Scene, node: g.Expr): g.Expr {
  const [rewritten] = rewrite([node], 1000).roots as [g.Expr];
  const order = scene.order(EXAMPLES);
  const { before, after } = scene.computed({ before: node, after: rewritten }, order);
  expectClose('rewritten', after as g.Values, before as g.Values, 1e-13);
  return rewritten;
}

async function lookups() {
  const scene = await Scene.open({ rows: 16 });
  const index = () => scene.column([], 'i32', { bound: 5 });
  const row = (extent: number) => g.gather(scene.parameter([5, extent]), index());
  return { scene, index, row };
}

test('a concatenation of concatenations is one sum of parts', async () => {
  const { scene, row } = await lookups();
  const inner = g.concat([row(2), row(3)], 0);
  const outer = g.concat([row(1), inner, row(2)], 0);
  agreeing(scene, g.matmul(outer, scene.parameter([8, 4])));
  agreeing(scene, g.add(outer, scene.parameter([8])));
});

test('two concatenations whose parts do not end at the same places may be multiplied', async () => {
  const { scene, row } = await lookups();
  const a = g.concat([row(3), row(1)], 0);
  const b = g.concat([row(2), row(2)], 0);
  const left = g.einsum('i,ij->j', a, scene.parameter([4, 4]));
  agreeing(scene, g.einsum('i,i->', a, b));
  agreeing(scene, g.einsum('i,ij->j', g.mul(a, scene.parameter([4])), scene.parameter([4, 3])));
  agreeing(scene, g.einsum('i,i->', g.add(left, a), g.sub(b, left)));
});

test('a part of a concatenation that is itself a product keeps all its factors in its place', async () => {
  const { scene, row } = await lookups();
  const weighted = g.mul(g.mul(row(3), g.tanh(g.sum(row(2)))), scene.parameter([3]));
  agreeing(scene, g.add(g.concat([weighted, row(2)], 0), scene.parameter([5])));
});

test('a value that is read whole elsewhere, under another name, is not computed in part once more', () => {
  const x = g.input('x', [6], 'f64', { examples: true });
  const roots = [g.slice(g.tanh(x), 0, 1, 3), g.sum(g.tanh(x))];
  expect(g.computeOnlyWhatIsRead(roots)).toEqual(roots);
  const [part] = g.computeOnlyWhatIsRead(roots.slice(0, 1)) as [g.Expr];
  expect(countOperations([part], EXAMPLES)).toBe(2 * EXAMPLES);
});

test('one-hot rows times a matrix become a lookup, which costs nothing', async () => {
  const { scene, index } = await lookups();
  const [token, W] = [index(), scene.parameter([5, 3])];
  const written = g.matmul(g.oneHot(token, 5, 'f64'), W);
  const looked = agreeing(scene, written);
  expect(looked.operation.name).toBe('gather');
  expect(looked.inputs).toEqual([W, token]);
  const { roots, rewritings } = factor([written], EXAMPLES);
  expect([countOperations([written], EXAMPLES), countOperations(roots, EXAMPLES)]).toEqual([
    2 * 5 * 3 * EXAMPLES,
    0,
  ]);
  expect(rewritings).toEqual([{ node: written, before: 5 * 3 * EXAMPLES, after: 0 }]);
});

test('so do one-hots side by side, added, of several tokens at once, and through two matrices', async () => {
  const { scene, index } = await lookups();
  const hot = () => g.oneHot(index(), 5, 'f64');
  const several = scene.column([4], 'i32', { bound: 5 });
  const [W, V] = [scene.parameter([10, 3]), scene.parameter([5, 3])];
  const twice = g.matmul(g.matmul(hot(), V), scene.parameter([3, 6]));
  const networks = [
    g.matmul(g.concat([hot(), hot()], 0), W),
    g.matmul(g.add(hot(), g.neg(hot())), V),
    g.einsum('pv,vd->pd', g.oneHot(several, 5, 'f64'), V),
    g.einsum(
      'pv,dv->dp',
      g.place(g.broadcastTo(g.constant(3, [], 'f64'), [4]), several, 5),
      scene.parameter([2, 5]),
    ),
    twice,
  ];
  for (const network of networks) {
    const rewritten = agreeing(scene, network);
    const perExample = countOperations([rewritten], 1001) - countOperations([rewritten], 1000);
    expect(perExample).toBeLessThanOrEqual(g.sizeOf(network.shape));
  }
});

test('one-hot rows that are read themselves, or weighed by position, stay what they are', async () => {
  const { scene, index } = await lookups();
  const several = scene.column([4], 'i32', { bound: 5 });
  const hot = g.oneHot(several, 5, 'f64');
  const kept = [
    g.mul(g.oneHot(index(), 5, 'f64'), scene.parameter([5])),
    g.einsum('pv,pvd->pd', hot, scene.parameter([4, 5, 2])),
    g.einsum('pv,v->p', hot, scene.column([5])),
  ];
  for (const node of kept) {
    agreeing(scene, node);
    expect(factor([node], EXAMPLES).roots).toEqual([node]);
  }
});

test('constants in products become one number', async () => {
  const { scene, row } = await lookups();
  const ones = g.constant([1, 1, 1], [3], 'f64');
  const x = row(3);
  expect(agreeing(scene, g.mul(g.mul(x, ones), 1)).inputs[1]).toBe(x.inputs[1]);
  const summed = agreeing(scene, g.einsum('i,ij->j', x, g.broadcastTo(g.constant(0.5, [], 'f64'), [3, 2])));
  expect(countOperations([summed], 1001) - countOperations([summed], 1000)).toBeLessThanOrEqual(2);
  agreeing(scene, g.add(g.concat([g.constant([2, 2], [2], 'f64'), g.sub(x, ones)], 0), scene.parameter([5])));
});
