/** What the network computes on the examples of its task, as dense arrays on the host. */

import type { Expr, Program, Values } from '../engine/index.ts';
import type { Forward } from '../models/index.ts';
import type { Probe } from '../training/probe.ts';

/**
 * Prepares reading values of the forward pass on examples of the task.
 * @param read picks them by name
 * @returns a function of example numbers: each value as [examples, …shape], row-major
 */
export function openExampleValues(
  probe: Probe,
  read: (forward: Forward) => Record<string, Expr>,
): (examples: Int32Array) => Record<string, Values> {
  const { tokens, size } = probe.dataset;
  let names: string[] = [];
  const values = probe.onInputs('examples', tokens, (forward) => {
    const picked = read(forward);
    names = Object.keys(picked);
    return Object.values(picked);
  });
  const perExample = Object.fromEntries(names.map((name, i) => [name, values[i] as Expr]));
  const program: Program = probe.machine.compile({ outputs: {}, perExample }, { mostExamples: size });
  return (examples) => {
    program.run(examples);
    return Object.fromEntries(names.map((name) => [name, program.value(name)]));
  };
}
