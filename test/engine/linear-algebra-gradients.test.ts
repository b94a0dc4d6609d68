// Gradients of the linear algebra against central differences.

import { beforeAll, describe, expect, test } from 'vitest';
import * as g from '../../src/engine/index.ts';
import {
  cholesky,
  choleskySolve,
  gramFactor,
  solveFactored,
  syrk,
  triangularSolve,
} from '../../src/engine/linear-algebra/index.ts';
import { matrixOn, random, withCondition } from './matrices.ts';

let machine: g.Machine;
beforeAll(async () => {
  machine = await g.Machine.open();
});
const matrix = (values: ArrayLike<number>, shape: readonly number[]): g.Expr =>
  matrixOn(machine, values, shape);

describe('gradients', () => {
  /** Σ of the value, weighted at random, differentiated by each leaf, against central differences along symmetric changes. */
  function check(
    build: (...leaves: g.Expr[]) => g.Expr,
    leaves: readonly { values: Float64Array; shape: number[]; symmetric?: boolean }[],
  ) {
    const nodes = leaves.map(({ values, shape }) => matrix(values, shape));
    const value = build(...nodes);
    const weights = matrix(
      random(
        99,
        value.shape.reduce((a, b) => a * b, 1),
      ),
      value.shape,
    );
    const loss = g.sum(g.mul(value, weights));
    const program = machine.compile({
      outputs: { loss, ...Object.fromEntries(g.gradient(loss, nodes).map((node, i) => [`g${i}`, node])) },
    });
    program.run();
    const gradients = leaves.map((_, i) => program.value(`g${i}`));
    for (const [i, { values, shape, symmetric }] of leaves.entries()) {
      const found = gradients[i];
      const n = shape[0];
      const raw = random(7 + i, values.length);
      const along = symmetric ? raw.map((x, at) => x + raw[(at % n) * n + Math.floor(at / n)]) : raw;
      const lossAt = (t: number): number => {
        machine.setParameter(
          nodes[i],
          values.map((x, at) => x + t * along[at]),
        );
        program.run();
        return program.scalar('loss');
      };
      const h = 2e-4;
      const slope = (8 * (lossAt(h) - lossAt(-h)) - (lossAt(2 * h) - lossAt(-2 * h))) / (12 * h);
      machine.setParameter(nodes[i], values);
      const expected = Array.from(found).reduce((sum, x, at) => sum + x * along[at], 0);
      expect(Math.abs(slope - expected) / (1 + Math.abs(expected))).toBeLessThan(1e-7);
    }
  }
  const n = 11;
  const spd = { values: withCondition(n, 5, 4), shape: [n, n], symmetric: true };
  const ridge = { values: Float64Array.of(0.3), shape: [] };

  test('of syrk, cholesky and choleskySolve, by matrix, ridge and right-hand sides', () => {
    check((a) => syrk(a), [{ values: random(1, n * 5), shape: [n, 5] }]);
    check((a, rho) => cholesky(a, rho), [spd, ridge]);
    check((a, b, rho) => choleskySolve(a, b, rho), [spd, { values: random(2, n * 3), shape: [n, 3] }, ridge]);
    check((a) => choleskySolve(syrk(a), a), [{ values: random(3, n * n), shape: [n, n] }]);
  });

  test('of triangularSolve, which reads the lower triangle only', () => {
    const lower = random(8, n * n).map((x, at) => (at % (n + 1) === 0 ? 3 + Math.abs(x) : x / 3));
    for (const transposed of [false, true])
      check(
        (l, b) => triangularSolve(l, b, { transposed }),
        [
          { values: lower, shape: [n, n] },
          { values: random(2, n * 3), shape: [n, 3] },
        ],
      );
  });

  test('are refused where a value lies as the kernels want it, with what to do instead', () => {
    const a = matrix(random(1, 6), [3, 2]);
    const loss = g.sum(solveFactored(gramFactor(a, 1), matrix(random(2, 3), [3, 1])));
    expect(() => g.gradient(loss, [a])).toThrow(/substitute: has no derivative; differentiate choleskySolve/);
  });
});
