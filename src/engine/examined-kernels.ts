/**
 * Opens kernels that can be trusted: where V8 revectorises them, a self-test of the optimised code decides whether they
 * run, or are compiled once more as usual; then a short timing chooses the tiles. Both are done once for a module.
 */

import type { Kernels } from './kernels.ts';
import { optimizeAtOnce, revectorizer, withdrawRevectorizer } from './revectorizer.ts';
import type { TestedMachine } from './self-test.ts';
import { fasterTiles, NOT_TIMED, type TileChoice, type Tiles, useTiles } from './tiles.ts';

/** Kernels on a memory, and how they were chosen. */
export interface ExaminedKernels {
  readonly kernels: Kernels;
  /** Whether V8 joins their vectors. */
  readonly revectorized: boolean;
  readonly choice: TileChoice;
}

/** With both sets of tiles: once while V8 optimises what runs, and again on what it made. */
const RUNS: readonly Tiles[] = ['wide', 'narrow', 'wide', 'narrow'];

const examined = new WeakMap<WebAssembly.Module, TileChoice>();

/**
 * @param open compiles the kernels and instantiates them on a memory of their own
 * @param machineOn a machine for the self-test on such kernels
 * @param wanted 'auto' times both sets of tiles where the kernels are revectorised, and takes the narrow ones elsewhere
 */
export async function openExaminedKernels(
  open: () => Promise<Kernels>,
  machineOn: (kernels: Kernels) => TestedMachine,
  wanted: 'auto' | Tiles,
): Promise<ExaminedKernels> {
  const kernels = await inTurn(() => openRevectorized(open, machineOn));
  const found = kernels === undefined ? undefined : examined.get(kernels.module);
  const result = kernels ?? (await open());
  const choice = wanted === 'auto' ? (found ?? NOT_TIMED) : { tiles: wanted, times: found?.times };
  useTiles(result.run, choice.tiles);
  return { kernels: result, revectorized: found !== undefined, choice };
}

let last: Promise<unknown> = Promise.resolve();

/** One self-test after the other: how V8 optimises meanwhile holds for the whole process. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work);
  last = mine.catch(() => {});
  return mine;
}

/** Kernels that passed the self-test, or undefined where the revectoriser is off or has just been withdrawn. */
async function openRevectorized(
  open: () => Promise<Kernels>,
  machineOn: (kernels: Kernels) => TestedMachine,
): Promise<Kernels | undefined> {
  if (revectorizer().state !== 'on') return undefined;
  // Loaded only here: pages never revectorise, and need not carry it.
  const { faultsOf, openSelfTest } = await import('./self-test.ts');
  optimizeAtOnce(true);
  try {
    const kernels = await open();
    if (kernels.mode === 'emulated') return undefined; // and the revectoriser is withdrawn
    if (examined.has(kernels.module)) return kernels;
    const tested = await open();
    const answers = openSelfTest(machineOn(tested));
    const faults = new Set<string>();
    for (const tiles of RUNS) {
      useTiles(tested.run, tiles);
      for (const fault of faultsOf(answers())) faults.add(fault);
    }
    if (faults.size > 0) {
      withdrawRevectorizer(`the self-test found other bits in ${[...faults].join(', ')}`);
      return undefined;
    }
    const timed = await open();
    examined.set(kernels.module, fasterTiles(machineOn(timed), timed.run));
    return kernels;
  } finally {
    optimizeAtOnce(false);
  }
}
