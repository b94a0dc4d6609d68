/**
 * The transform of what a network computes on every element of an input group: the network is run on all of them, its values
 * stand in a table, and the engine transforms the table in f64.
 */

import {
  add,
  cast,
  constant,
  type Expr,
  einsum,
  mean,
  mul,
  type Program,
  parameter,
  reshape,
  slice,
  square,
  sub,
  sum,
  type Values,
} from '../engine/index.ts';
import type { Forward } from '../models/index.ts';
import {
  characterTransform,
  groupSize,
  type InputGroup,
  pairedFrequencies,
} from '../tasks/input-group/index.ts';
import type { Probe } from '../training/probe.ts';
import { isTorus, powerOf } from './spectrum.ts';

/** The spectrum of the network's values at one moment. */
export interface GroupPower {
  /** Power by mode of the values without their mean over functions: what a softmax of them depends on. */
  readonly gaugeFree: Float64Array;
  /** Power by mode of that mean, counted once for every function: the two add up to the power of the values as they are. */
  readonly offset: Float64Array;
}

/** A transform that is ready to be run. */
export interface GroupTransform {
  /** Functions on the group that are transformed: the classes, for logits. */
  readonly functions: number;
  /**
   * The power at the weights as they stand.
   * @param step of the training: what was computed for a step is kept until another one is asked for
   */
  power(step: number): GroupPower;
  /**
   * For each row of weights over basis functions, Σ weight · coefficient² of every function as it is: [rows, functions].
   * @param weights [rows][elements], the same at every call
   */
  weighted(step: number, weights: readonly Float64Array[]): Values;
}

/**
 * Prepares the transform of some of the network's values on a group.
 *
 * @param names of the inputs, the same for every use of the same group, and of what is read, different for each
 * @param read picks the values, of any shape: functions on the group, one for each element
 * @param gauges softmaxes that the functions are divided among, in order: 1, or one for each answer
 */
export function openGroupTransform(
  probe: Probe,
  group: InputGroup,
  names: { readonly inputs: string; readonly values: string },
  read: (forward: Forward) => Expr,
  gauges = 1,
): GroupTransform {
  const { machine } = probe;
  const size = groupSize(group);
  const [values] = probe.onInputs(names.inputs, group.tokens, (forward) => [read(forward)]) as [Expr];
  const functions = values.shape.reduce((a, b) => a * b, 1);
  const inF64 = cast(reshape(values, [functions]), 'f64');
  const network = machine.compile({ outputs: {}, perExample: { values: inF64 } }, { mostExamples: size });
  const elements = Int32Array.from({ length: size }, (_, element) => element);

  const table = parameter(`measures.${names.inputs}.${names.values}`, [size, functions], 'f64');
  machine.readRowsAs(table, network, 'values');
  const each = functions / gauges;
  const byGauge = reshape(table, [size, gauges, each]);
  const average = mean(byGauge, [2], true);
  const centred = characterTransform(reshape(sub(byGauge, average), [size, functions]), group.axes);
  const offset = characterTransform(reshape(average, [size, gauges]), group.axes);
  const powers = machine.compile({
    outputs: {
      squares: sum(square(centred), [1]),
      offset,
      ...(isTorus(group) ? characterPowers(centred, group) : {}),
    },
  });
  let weighing: Program | undefined;
  let filled = -1;
  let last: { step: number; power: GroupPower } | undefined;
  const fill = (step: number): void => {
    if (step === filled) return;
    network.run(elements);
    filled = step;
  };
  return {
    functions,
    power: (step) => {
      if (last?.step === step) return last.power;
      fill(step);
      powers.run();
      const of = (output: string): Values => powers.value(output);
      const torus = isTorus(group) ? { same: of('same'), opposite: of('opposite') } : {};
      const power = {
        gaugeFree: powerOf(group, { squares: of('squares'), ...torus }),
        offset: offsetPower(group, of('offset'), gauges, each),
      };
      last = { step, power };
      return power;
    },
    weighted: (step, weights) => {
      fill(step);
      weighing ??= machine.compile({
        outputs: {
          weighted: einsum(
            'ws,sf->wf',
            constant(
              weights.flatMap((row) => [...row]),
              [weights.length, size],
              'f64',
            ),
            square(
              reshape(add(reshape(centred, [size, gauges, each]), reshape(offset, [size, gauges, 1])), [
                size,
                functions,
              ]),
            ),
          ),
        },
      });
      weighing.run();
      return weighing.value('weighted');
    },
  };
}

/**
 * Power of the complex characters (k, l) and (k, −l) of a torus, 1 ≤ k, l ≤ m, from coefficients c, s along both factors:
 * ¼ Σ (cc ∓ ss)² + (cs ± sc)².
 */
function characterPowers(coefficients: Expr, { axes }: InputGroup): { same: Expr; opposite: Expr } {
  const n = axes[0]?.order as number;
  const m = pairedFrequencies(n);
  const functions = coefficients.shape[1] as number;
  const grid = reshape(coefficients, [n, n, functions]);
  const block = (i: number, j: number): Expr =>
    slice(slice(grid, 0, 1 + i * m, 1 + (i + 1) * m), 1, 1 + j * m, 1 + (j + 1) * m);
  const [cc, cs, sc, ss] = [block(0, 0), block(0, 1), block(1, 0), block(1, 1)];
  const power = (real: Expr, imaginary: Expr): Expr =>
    mul(sum(add(square(real), square(imaginary)), [2]), 0.25);
  return { same: power(sub(cc, ss), add(cs, sc)), opposite: power(add(cc, ss), sub(cs, sc)) };
}

/**
 * The same of functions that count several times each, on the host: they are few.
 * @param coefficients [elements, functions]
 */
function offsetPower(
  group: InputGroup,
  coefficients: ArrayLike<number>,
  functions: number,
  times: number,
): Float64Array {
  const size = coefficients.length / functions;
  const total = new Float64Array(powerOf(group, { squares: new Float64Array(size) }).length);
  for (let f = 0; f < functions; f++) {
    const one = Float64Array.from({ length: size }, (_, i) => coefficients[i * functions + f] as number);
    for (const [mode, power] of powerOfOne(group, one).entries()) total[mode] += times * power;
  }
  return total;
}

function powerOfOne(group: InputGroup, coefficients: Float64Array): Float64Array {
  const squares = coefficients.map((coefficient) => coefficient * coefficient);
  if (!isTorus(group)) return powerOf(group, { squares });
  const n = group.axes[0]?.order as number;
  const m = pairedFrequencies(n);
  const same = new Float64Array(m * m);
  const opposite = new Float64Array(m * m);
  const at = (i: number, j: number): number => coefficients[i * n + j] as number;
  for (let k = 1; k <= m; k++)
    for (let l = 1; l <= m; l++) {
      const [cc, cs, sc, ss] = [at(k, l), at(k, m + l), at(m + k, l), at(m + k, m + l)];
      const place = (k - 1) * m + l - 1;
      same[place] = 0.25 * ((cc - ss) * (cc - ss) + (cs + sc) * (cs + sc));
      opposite[place] = 0.25 * ((cc + ss) * (cc + ss) + (cs - sc) * (cs - sc));
    }
  return powerOf(group, { squares, same, opposite });
}
