/** From a graph to the instructions of its stages, with all buffers known. */

import { BYTES, DTYPE_CODE } from '../dtype.ts';
import { type Expr, topologicalOrder } from '../expression.ts';
import { type Buffer, canonicalSize, type Instruction, rows, type View } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import { inputOperation } from '../operations/leaf.ts';
import { lowerGroup } from './elementwise.ts';
import { Emitter, type Hoisted, makeView } from './emitter.ts';
import { type Graph, simplifyGraph } from './graph.ts';
import { fuse, storedNodes, type Unit } from './groups.ts';
import { type Leaf, type Leaves, placeLeaves } from './leaves.ts';
import { buffersOf, placeScratch } from './placement.ts';
import { cutIntoStages, type StagePair, sumsOverExamples } from './stages.ts';
import { copyUpdates, findInPlace, keepOutputs } from './updates.ts';

/** One pair of stages: instructions run once, then for every tile, then once for the lanes' sums. */
export interface Stage {
  readonly once: Instruction[];
  readonly tile: Instruction[];
  readonly sums: Instruction[];
  /** Accumulators to clear in every lane before the tiles. */
  readonly accumulators: Buffer[];
}

export interface Plan extends Leaves {
  readonly stages: Stage[];
  readonly outputs: Map<string, View>;
  readonly perExample: Map<string, View>;
  /** The order of the run's examples, i32. */
  readonly order: View;
  readonly scratchBytes: number;
  readonly buffers: Buffer[];
}

/** A pair of stages as units to be lowered one after the other. */
interface PairOfUnits {
  readonly parameterUnits: Unit[];
  readonly exampleUnits: Unit[];
  readonly columns: Expr[];
  readonly sums: Expr[];
}

/** What all stages of a plan share while they are lowered. */
interface Planning {
  readonly views: Map<Expr, View>;
  readonly leaves: Leaves;
  readonly order: View;
  readonly hoisted: Hoisted;
  /** Nodes whose values are read outside the unit that computes them. */
  readonly kept: ReadonlySet<Expr>;
  /** Values written over the parameter they update. */
  readonly inPlace: ReadonlyMap<Expr, Expr>;
  readonly wanted: readonly (readonly [name: string, node: Expr])[];
  readonly perExample: Map<string, View>;
}

/** @throws EngineError naming what cannot be computed as asked */
export function makePlan(graph: Graph): Plan {
  const { outputs, perExample, updates } = simplifyGraph(graph);
  const roots = [...outputs.map(([, node]) => node), ...updates.flat()];
  const exampleRoots = perExample.map(([, node]) => node);
  const pairs = cutIntoStages(roots, exampleRoots);
  const units = pairs.map(unitsOf);
  const views = new Map<Expr, View>();
  const planning: Planning = {
    views,
    leaves: placeLeaves(topologicalOrder([...roots, ...exampleRoots]), views),
    order: makeView([], 'i32', true, 'tile'),
    hoisted: new Map(),
    kept: new Set([...roots, ...exampleRoots, ...readAcross(pairs)]),
    inPlace: findInPlace(
      units.flatMap((pair) => [...pair.parameterUnits, ...pair.exampleUnits]),
      updates,
      outputs.map(([, node]) => node),
    ),
    wanted: perExample,
    perExample: new Map(),
  };
  const stages = units.map((pair) => lowerPair(pair, planning));
  const end = new Emitter({ views, space: 'static', before: [], hoisted: planning.hoisted });
  const outputViews = keepOutputs(outputs, updates, end);
  copyUpdates(updates, planning.inPlace, end);
  stages.push({ once: end.instructions, tile: [], sums: [], accumulators: [] });
  return {
    stages,
    ...planning.leaves,
    outputs: outputViews,
    perExample: planning.perExample,
    order: planning.order,
    ...placeBuffers(stages, planning),
  };
}

function unitsOf(pair: StagePair): PairOfUnits {
  const computed = (node: Expr): boolean => node.inputs.length > 0;
  return {
    parameterUnits: fuse(pair.parameterNodes.filter(computed)),
    exampleUnits: fuse(pair.exampleNodes.filter(computed)),
    columns: pair.exampleNodes.filter((node) => node.operation === inputOperation),
    sums: pair.exampleNodes.filter(sumsOverExamples),
  };
}

/** Values that one list of instructions computes and another reads. */
function readAcross(pairs: readonly StagePair[]): Expr[] {
  return pairs.flatMap((pair, stage) => [
    ...pair.exampleNodes.flatMap((node) => node.inputs.filter((input) => !input.examples)),
    ...pairs.slice(stage + 1).flatMap((later) => later.parameterNodes.flatMap((node) => node.inputs)),
  ]);
}

function lowerPair(pair: PairOfUnits, planning: Planning): Stage {
  const { views, hoisted, kept, inPlace } = planning;
  const once = new Emitter({ views, space: 'static', before: [], hoisted });
  for (const unit of pair.parameterUnits) lowerUnit(unit, once, kept, (node) => inPlace.get(node));
  // Example values live for this stage only; what they read of the parameters is known already.
  const tile = new Emitter({ views: new Map(views), space: 'worker', before: once.instructions, hoisted });
  for (const node of pair.columns) loadColumn(node, tile, planning);
  for (const unit of pair.exampleUnits) lowerUnit(unit, tile, kept, () => undefined);
  keepRows(tile, planning);
  const sums: Instruction[] = [];
  const accumulators: Buffer[] = [];
  for (const node of pair.sums) {
    const view = tile.view(node);
    views.set(node, view);
    accumulators.push(view.pointer.buffer);
    const words = [DTYPE_CODE[node.dtype], view.pointer, canonicalSize(node.shape)];
    sums.push({ opcode: OPCODE.sumLanes, words });
  }
  return { once: once.instructions, tile: tile.instructions, sums, accumulators };
}

/** Fetches the rows of a column that the tile's examples name. */
function loadColumn(node: Expr, tile: Emitter, { leaves, order }: Planning): void {
  const column = leaves.columns.get(String(node.attributes.name)) as Leaf;
  const view = tile.allocate(node.shape, node.dtype, true);
  tile.views.set(node, view);
  const rowBytes = canonicalSize(node.shape) * BYTES[node.dtype];
  tile.emit(OPCODE.load, [column.view.pointer, order.pointer, view.pointer, rows(), rowBytes]);
}

/** Copies the values that are wanted for every example out of the tile. */
function keepRows(tile: Emitter, { wanted, perExample }: Planning): void {
  for (const [name, node] of wanted) {
    const view = tile.views.get(node);
    if (view === undefined || perExample.has(name)) continue;
    const target = makeView(node.shape, node.dtype, true, 'tile');
    tile.copy(view, target);
    perExample.set(name, target);
  }
}

function lowerUnit(
  unit: Unit,
  emitter: Emitter,
  kept: ReadonlySet<Expr>,
  replaces: (node: Expr) => Expr | undefined,
): void {
  const root = unit.nodes[unit.nodes.length - 1] as Expr;
  if (root.operation.step === undefined) {
    emitter.lower(root);
    return;
  }
  const stored = storedNodes(unit, (node) => kept.has(node));
  lowerGroup(
    unit.nodes,
    stored,
    {
      view: (node) => emitter.view(node),
      target: (node) => {
        const over = replaces(node);
        const view =
          over === undefined ? emitter.allocate(node.shape, node.dtype, node.examples) : emitter.view(over);
        emitter.views.set(node, node.operation.name === 'relu' ? { ...view, sparse: true } : view);
        return view;
      },
    },
    emitter,
  );
}

/** Gives scratch its addresses and lists every buffer that needs one. */
function placeBuffers(
  stages: readonly Stage[],
  { leaves, order }: Planning,
): { scratchBytes: number; buffers: Buffer[] } {
  const { parameters, columns, settings, constants } = leaves;
  const all = [...parameters.values(), ...columns.values(), ...settings.values(), ...constants];
  const buffers = new Set<Buffer>(
    [order, ...all.map((leaf) => leaf.view)].map((view) => view.pointer.buffer),
  );
  let scratchBytes = 0;
  for (const list of stages.flatMap((stage) => [stage.once, stage.tile, stage.sums])) {
    scratchBytes = Math.max(scratchBytes, placeScratch(list));
    for (const buffer of buffersOf(list)) buffers.add(buffer);
  }
  return { scratchBytes, buffers: [...buffers] };
}
