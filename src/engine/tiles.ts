/**
 * The two sets of tiles of the matrix products, equal bit for bit: narrow ones for 128-bit vectors, wide ones for engines
 * that join them. Which is faster here is timed once.
 */

import type { Expr } from './expression.ts';
import type { KernelExports } from './kernels.ts';
import { sumExamples } from './operations/broadcast.ts';
import { matmul } from './operations/einsum.ts';
import { input, parameter } from './operations/leaf.ts';
import type { TestedMachine } from './self-test.ts';

/** Narrow tiles suit vectors of 128 bits, wide ones those of 256. */
export type Tiles = 'narrow' | 'wide';

/** Which tiles run, and the times that decided. */
export interface TileChoice {
  readonly tiles: Tiles;
  /** Fastest time of the product, in microseconds, where it was taken. */
  readonly times: Readonly<Record<Tiles, number>> | undefined;
}

/** By these numbers the kernels know the tiles. */
export const TILE_NUMBER = { narrow: 0, wide: 1 } as const;
/** Narrow tiles, because nothing was timed. */
export const NOT_TIMED: TileChoice = { tiles: 'narrow', times: undefined };

const EXAMPLES = 64;
const INNER = 256;
const COLUMNS = 96;
const ROUNDS = 12;

/** Tells one instance of the kernels which tiles to use; all instances on one memory must be told the same. */
export function useTiles(run: Pick<KernelExports, 'useTiles'>, tiles: Tiles): void {
  run.useTiles(TILE_NUMBER[tiles]);
}

/** Times a product of 64 × 256 × 96 with both sets, in turn, and takes the one whose fastest round was faster. */
export function fasterTiles(machine: TestedMachine, run: Pick<KernelExports, 'useTiles'>): TileChoice {
  const x = input('x', [INNER], 'f32', { examples: true });
  const w: Expr = parameter('w', [INNER, COLUMNS]);
  machine.setParameter(w, new Float32Array(INNER * COLUMNS).fill(1));
  machine.setColumns({ x: new Float32Array(EXAMPLES * INNER).fill(1) }, EXAMPLES, { x: [INNER] });
  const program = machine.compile({ outputs: { total: sumExamples(matmul(x, w)) } });
  const order = Int32Array.from({ length: EXAMPLES }, (_, i) => i);
  const times = { narrow: Number.POSITIVE_INFINITY, wide: Number.POSITIVE_INFINITY };
  for (let round = 0; round < ROUNDS; round++) {
    for (const tiles of ['narrow', 'wide'] as const) {
      useTiles(run, tiles);
      const start = performance.now();
      program.run(order);
      times[tiles] = Math.min(times[tiles], 1000 * (performance.now() - start));
    }
  }
  return { tiles: times.wide < times.narrow ? 'wide' : 'narrow', times };
}
