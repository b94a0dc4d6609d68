import { describe, test } from 'vitest';
import { Scene } from '../../../test/engine/scene.ts';
import * as g from '../index.ts';

describe('a sum over examples may be used per example again', () => {
  test.each([1, 64, 65, 200, 600])('directly and through arithmetic, for %i examples', async (count) => {
    const scene = await Scene.open();
    const [x, w] = [scene.column([9]), scene.parameter([9, 5])];
    const total = g.sumExamples(x);
    const mean = g.meanExamples(x);
    const centred = g.sub(x, mean);
    const variance = g.meanExamples(g.square(centred));
    const normalised = g.div(centred, g.sqrt(g.add(variance, 1e-5)));
    const temperature = g.add(g.square(g.meanExamples(g.sum(x))), 0.5);
    const outer = g.einsumOverExamples('i,j->ij', x, g.matmul(x, w));
    scene.agree(
      {
        direct: g.sub(x, total),
        normalised,
        softmax: g.softmax(g.div(x, temperature)),
        multiplied: g.matmul(g.matmul(x, outer), g.permute(w, [1, 0])),
        picked: g.gather(outer, g.argmax(x)),
        third: g.sumExamples(g.mul(normalised, g.sumExamples(normalised))),
        table: g.gather(g.scatterAdd(g.argmax(x), x, 9), g.argmax(x)),
      },
      scene.order(count),
      1e-11,
    );
  });
});
