/** The stages of a program: what each computes, how many floating-point operations that takes, and how many bytes it reads and writes. */

import { BYTES } from '../dtype.ts';
import type { Expr } from '../expression.ts';
import { nodeOperations } from '../factoring/operation-count.ts';
import type { Instruction } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import { TILE_EXAMPLES } from '../operations/contraction.ts';
import { type Graph, simplifyGraph } from '../plan/graph.ts';
import { fuse, type Unit } from '../plan/groups.ts';
import type { Plan } from '../plan/plan.ts';
import { cutIntoStages, sumsOverExamples } from '../plan/stages.ts';
import { storage } from '../plan/updates.ts';
import { sizeOf } from '../shape.ts';
import { formulaAlone, isComputed } from './formula.ts';

export interface ExplainedUnit {
  /** The operation, or `elementwise` for several in one pass. */
  readonly kind: string;
  /** Operations in it. */
  readonly operations: number;
  /** Of its last operation. */
  readonly formula: string;
  /** Of its result; of one example where it is per example. */
  readonly shape: readonly number[];
  readonly flops: number;
  /** Read and written, mostly within the caches: values per example for each, others once a tile. */
  readonly bytes: number;
}

export interface ExplainedStage {
  /** `parameters` is computed once a step, `examples` tile by tile. */
  readonly kind: 'parameters' | 'examples';
  /** Of 64 examples; 1 for a stage of parameters. */
  readonly tiles: number;
  readonly units: readonly ExplainedUnit[];
  /** Sums of those of the units. */
  readonly flops: number;
  readonly bytes: number;
  /** How many instructions of the kernels it became, by name; packing and copies among them. */
  readonly instructions: Readonly<Record<string, number>>;
}

const INSTRUCTION_NAMES = new Map(Object.entries(OPCODE).map(([name, opcode]) => [opcode as number, name]));

function counted(lists: readonly (readonly Instruction[])[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { opcode } of lists.flat()) {
    const name = INSTRUCTION_NAMES.get(opcode) ?? `opcode ${opcode}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** How often the values of a stage move. */
interface Pace {
  readonly examples: number;
  readonly tiles: number;
}

function movedBytes(node: Expr, { examples, tiles }: Pace): number {
  return sizeOf(node.shape) * BYTES[node.dtype] * (node.examples ? examples : tiles);
}

function unitBytes({ nodes }: Unit, written: (node: Expr) => boolean, pace: Pace): number {
  const root = nodes[nodes.length - 1] as Expr;
  const { name } = root.operation;
  const inside = new Set(nodes);
  const read = new Set(
    nodes
      .flatMap((node) => node.inputs)
      .map(storage)
      .filter((input) => !inside.has(input)),
  );
  const [first, second] = root.inputs as readonly [Expr, Expr];
  // Of a table only the rows that are named are touched; to add to one is to read and to write it.
  if (name === 'gather') return movedBytes(second, pace) + 2 * movedBytes(root, pace);
  if (name === 'scatterAdd') return movedBytes(first, pace) + 3 * movedBytes(second, pace);
  const results = nodes.filter((node) => node === root || written(node));
  const accumulated = sumsOverExamples(root) ? movedBytes(root, pace) : 0;
  return [...read, ...results].reduce((bytes, node) => bytes + movedBytes(node, pace), accumulated);
}

/** The stages of the plan of a graph, in the order in which they run; those with nothing to compute are left out. */
export function explainStages(graph: Graph, plan: Plan, examples: number): ExplainedStage[] {
  const { outputs, perExample, updates } = simplifyGraph(graph);
  const roots = [...outputs.map(([, node]) => node), ...updates.flat()];
  const pairs = cutIntoStages(
    roots,
    perExample.map(([, node]) => node),
  );
  const tiles = Math.ceil(examples / TILE_EXAMPLES);
  const units = (nodes: readonly Expr[]): Unit[] => fuse(nodes.filter(isComputed));
  const all = pairs.map((pair) => ({ once: units(pair.parameterNodes), tile: units(pair.exampleNodes) }));
  const everyUnit = all.flatMap(({ once, tile }) => [...once, ...tile]);
  const readers = new Set(roots);
  for (const unit of everyUnit)
    for (const input of unit.nodes.flatMap((node) => node.inputs).map(storage))
      if (!unit.nodes.includes(input)) readers.add(input);

  const explained = (list: readonly Unit[], pace: Pace): ExplainedUnit[] =>
    list.map((unit) => {
      const root = unit.nodes[unit.nodes.length - 1] as Expr;
      return {
        kind: root.operation.step === undefined ? root.operation.name : 'elementwise',
        operations: unit.nodes.length,
        formula: formulaAlone(root),
        shape: root.shape,
        flops: unit.nodes.reduce((flops, node) => flops + nodeOperations(node, examples), 0),
        bytes: unitBytes(unit, (node) => readers.has(node), pace),
      };
    });
  const stage = (
    kind: ExplainedStage['kind'],
    list: readonly Unit[],
    lists: readonly (readonly Instruction[])[],
  ): ExplainedStage => {
    const pace = kind === 'examples' ? { examples, tiles } : { examples: 1, tiles: 1 };
    const explainedUnits = explained(list, pace);
    return {
      kind,
      tiles: pace.tiles,
      units: explainedUnits,
      flops: explainedUnits.reduce((flops, unit) => flops + unit.flops, 0),
      bytes: explainedUnits.reduce((bytes, unit) => bytes + unit.bytes, 0),
      instructions: counted(lists),
    };
  };
  const stages = plan.stages.flatMap((one, i) => {
    const { once, tile } = all[i] ?? { once: [], tile: [] };
    return [stage('parameters', once, [one.once]), stage('examples', tile, [one.tile, one.sums])];
  });
  return stages.filter((one) => one.units.length > 0 || Object.keys(one.instructions).length > 0);
}
