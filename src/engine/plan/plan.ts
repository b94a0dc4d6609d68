/**
 * From a graph to the instructions of its stages, with all buffers known. Parameters are updated in place where
 * nothing reads them afterwards, otherwise from copies made before any of them changes.
 */

import { BYTES, DTYPE_CODE } from '../dtype.ts';
import { refuse } from '../errors.ts';
import { type Expr, topologicalOrder } from '../expression.ts';
import { type Buffer, canonicalSize, type Instruction, rows, type View } from '../lowering.ts';
import { OPCODE } from '../opcodes.ts';
import { constantOperation, inputOperation, parameterOperation } from '../operations/leaf.ts';
import { formatShape, sameShape } from '../shape.ts';
import { lowerGroup } from './elementwise.ts';
import { Emitter, type Hoisted, makeView } from './emitter.ts';
import { fuse, storedNodes, type Unit } from './groups.ts';
import { buffersOf, placeScratch } from './placement.ts';
import { simplify } from './simplify.ts';
import { cutIntoStages, sumsOverExamples } from './stages.ts';

/** What a program computes: outputs, values per example, and updates of parameters. */
export interface Graph {
  /** Values read after a run; none may have the example axis. */
  readonly outputs: Readonly<Record<string, Expr>>;
  /** Values with the example axis, kept for every example of the run. */
  readonly perExample?: Readonly<Record<string, Expr>>;
  /** Parameters and the values they take after a run, all at once. */
  readonly updates?: readonly (readonly [Expr, Expr])[];
}

/** One pair of stages: instructions run once, then for every tile, then once for the lanes' sums. */
export interface Stage {
  readonly once: Instruction[];
  readonly tile: Instruction[];
  readonly sums: Instruction[];
  /** Accumulators to clear in every lane before the tiles. */
  readonly accumulators: Buffer[];
}

export interface Plan {
  readonly stages: Stage[];
  readonly parameters: Map<string, { node: Expr; view: View }>;
  readonly columns: Map<string, { node: Expr; view: View }>;
  readonly settings: Map<string, { node: Expr; view: View }>;
  readonly constants: { node: Expr; view: View }[];
  readonly outputs: Map<string, View>;
  readonly perExample: Map<string, View>;
  /** The order of the run's examples, i32. */
  readonly order: View;
  readonly scratchBytes: number;
  readonly buffers: Buffer[];
}

function checkGraph(graph: Graph): void {
  for (const [name, node] of Object.entries(graph.outputs)) {
    if (node.examples) {
      refuse(
        `output ${name}`,
        `has the example axis (${formatShape(node.shape, true)}); sum over it, or ask for it under perExample`,
      );
    }
  }
  for (const [name, node] of Object.entries(graph.perExample ?? {})) {
    if (!node.examples)
      refuse(
        `perExample ${name}`,
        `needs the example axis, got ${formatShape(node.shape)}; ask for it under outputs`,
      );
  }
  const seen = new Set<string>();
  for (const [target, value] of graph.updates ?? []) {
    const name = String(target.attributes.name);
    if (target.operation !== parameterOperation)
      refuse('update', `needs a parameter to update, got ${target.operation.name}`);
    if (seen.has(name)) refuse(`update of ${name}`, 'stands twice; a parameter can take one new value');
    seen.add(name);
    if (!sameShape(target.shape, value.shape) || target.dtype !== value.dtype || value.examples) {
      refuse(
        `update of ${name}`,
        `needs ${target.dtype} ${formatShape(target.shape)}, got ${value.dtype} ${formatShape(value.shape, value.examples)}`,
      );
    }
  }
}

/** The node whose buffer a view reads. */
function storage(node: Expr): Expr {
  return node.operation.view ? storage(node.inputs[0] as Expr) : node;
}

export function makePlan(graph: Graph): Plan {
  checkGraph(graph);
  const given = [
    ...Object.values(graph.outputs),
    ...Object.values(graph.perExample ?? {}),
    ...(graph.updates ?? []).flat(),
  ];
  const simple = simplify(given);
  const now = (node: Expr): Expr => simple.get(node) as Expr;
  const outputs = Object.entries(graph.outputs).map(([name, node]) => [name, now(node)] as const);
  const perExample = Object.entries(graph.perExample ?? {}).map(([name, node]) => [name, now(node)] as const);
  const updates = (graph.updates ?? []).map(([target, value]) => [now(target), now(value)] as const);

  const roots = [
    ...outputs.map(([, node]) => node),
    ...updates.flatMap(([target, value]) => [target, value]),
  ];
  const exampleRoots = perExample.map(([, node]) => node);
  const order = topologicalOrder([...roots, ...exampleRoots]);
  const views = new Map<Expr, View>();
  const orderView = makeView([], 'i32', true, 'tile');
  const leaves = placeLeaves(order, views);

  // Values read by other lists than the one that computes them must be stored.
  const kept = new Set<Expr>([...roots, ...exampleRoots]);
  const pairs = cutIntoStages(roots, exampleRoots);
  for (const [stage, pair] of pairs.entries()) {
    for (const node of pair.exampleNodes)
      for (const input of node.inputs) if (!input.examples) kept.add(input);
    for (const later of pairs.slice(stage + 1)) {
      for (const node of later.parameterNodes) for (const input of node.inputs) kept.add(input);
    }
  }
  const isLeaf = (node: Expr): boolean => node.inputs.length === 0;
  const programs = pairs.map((pair) => ({
    parameterUnits: fuse(pair.parameterNodes.filter((node) => !isLeaf(node))),
    exampleUnits: fuse(pair.exampleNodes.filter((node) => !isLeaf(node))),
    columns: pair.exampleNodes.filter((node) => isLeaf(node) && node.operation === inputOperation),
    sums: pair.exampleNodes.filter(sumsOverExamples),
  }));
  const inPlace = findInPlace(
    programs.flatMap((program) => [...program.parameterUnits, ...program.exampleUnits]),
    updates,
    outputs.map(([, node]) => node),
  );

  const hoisted: Hoisted = new Map();
  const kernelViews = new Map<string, View>();
  const stages: Stage[] = [];
  for (const program of programs) {
    const once = new Emitter({ views, space: 'static', before: [], hoisted });
    for (const unit of program.parameterUnits) lowerUnit(unit, once, kept, (node) => inPlace.get(node));
    // Example values live for this stage only; what they read of the parameters is known already.
    const local = new Map(views);
    const tile = new Emitter({ views: local, space: 'worker', before: once.instructions, hoisted });
    for (const node of program.columns) {
      const view = tile.allocate(node.shape, node.dtype, true);
      local.set(node, view);
      tile.emit(OPCODE.load, [
        (leaves.columns.get(String(node.attributes.name)) as { view: View }).view.pointer,
        orderView.pointer,
        view.pointer,
        rows(),
        canonicalSize(node.shape) * BYTES[node.dtype],
      ]);
    }
    for (const unit of program.exampleUnits) lowerUnit(unit, tile, kept, () => undefined);
    for (const [name, node] of perExample) {
      const view = local.get(node);
      if (view === undefined || kernelViews.has(name)) continue;
      const target = makeView(node.shape, node.dtype, true, 'tile');
      tile.copy(view, target);
      kernelViews.set(name, target);
    }
    const sums: Instruction[] = [];
    const accumulators: Buffer[] = [];
    for (const node of program.sums) {
      const view = local.get(node) as View;
      views.set(node, view);
      accumulators.push(view.pointer.buffer);
      sums.push({
        opcode: OPCODE.sumLanes,
        words: [DTYPE_CODE[node.dtype], view.pointer, canonicalSize(node.shape)],
      });
    }
    stages.push({ once: once.instructions, tile: tile.instructions, sums, accumulators });
  }
  const end = new Emitter({ views, space: 'static', before: [], hoisted });
  const outputViews = keepOutputs(outputs, updates, end);
  copyUpdates(updates, inPlace, end);
  stages.push({ once: end.instructions, tile: [], sums: [], accumulators: [] });

  let scratchBytes = 0;
  const buffers = new Set<Buffer>([orderView.pointer.buffer]);
  for (const { view } of [
    ...leaves.parameters.values(),
    ...leaves.columns.values(),
    ...leaves.settings.values(),
    ...leaves.constants,
  ]) {
    buffers.add(view.pointer.buffer);
  }
  for (const stage of stages) {
    for (const list of [stage.once, stage.tile, stage.sums]) {
      scratchBytes = Math.max(scratchBytes, placeScratch(list));
      for (const buffer of buffersOf(list)) buffers.add(buffer);
    }
  }
  return {
    stages,
    ...leaves,
    outputs: outputViews,
    perExample: kernelViews,
    order: orderView,
    scratchBytes,
    buffers: [...buffers],
  };
}

function placeLeaves(
  order: readonly Expr[],
  views: Map<Expr, View>,
): Pick<Plan, 'parameters' | 'columns' | 'settings' | 'constants'> {
  const parameters: Plan['parameters'] = new Map();
  const columns: Plan['columns'] = new Map();
  const settings: Plan['settings'] = new Map();
  const constants: Plan['constants'] = [];
  for (const node of order) {
    const name = String(node.attributes.name);
    if (![parameterOperation, inputOperation, constantOperation].includes(node.operation)) continue;
    const view = makeView(node.shape, node.dtype, false, 'static');
    if (node.operation === constantOperation) {
      constants.push({ node, view });
    } else {
      const known = node.operation === parameterOperation ? parameters : node.examples ? columns : settings;
      if (known.has(name)) {
        refuse(
          `${node.operation.name} ${name}`,
          'is used with two shapes or dtypes; one name stands for one value',
        );
      }
      known.set(name, { node, view });
    }
    if (!node.examples) views.set(node, view);
  }
  return { parameters, columns, settings, constants };
}

/** Updates whose value a group can write over the parameter itself: neither a later unit nor an output reads it. */
function findInPlace(
  units: readonly Unit[],
  updates: readonly (readonly [Expr, Expr])[],
  outputs: readonly Expr[],
): Map<Expr, Expr> {
  const lastRead = new Map<Expr, number>();
  const producer = new Map<Expr, number>();
  for (const [i, unit] of units.entries()) {
    for (const node of unit.nodes) {
      producer.set(node, i);
      for (const input of node.inputs) lastRead.set(storage(input), i);
    }
  }
  const inPlace = new Map<Expr, Expr>();
  const valuesTaken = new Set<Expr>();
  for (const [target, value] of updates) {
    const at = producer.get(value);
    const unit = at === undefined ? undefined : (units[at] as Unit);
    const readWhole = unit?.nodes.every((node) =>
      node.inputs.every((input) => storage(input) !== target || input === target),
    );
    const othersRead =
      updates.some(([, other]) => other !== value && storage(other) === target) ||
      outputs.some((output) => storage(output) === target);
    if (
      at !== undefined &&
      value.operation.step !== undefined &&
      unit?.nodes.every((node) => !node.examples) &&
      readWhole &&
      !othersRead &&
      (lastRead.get(target) ?? at) <= at &&
      !valuesTaken.has(value) &&
      [...units.entries()].every(
        ([i, later]) =>
          i <= at || later.nodes.every((node) => node.inputs.every((input) => storage(input) !== value)),
      )
    ) {
      inPlace.set(value, target);
      valuesTaken.add(value);
    }
  }
  return inPlace;
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
        emitter.views.set(node, view);
        return view;
      },
    },
    emitter,
  );
}

/** Where outputs are read after a run; those that are a parameter's own memory are copied before it is updated. */
function keepOutputs(
  outputs: readonly (readonly [string, Expr])[],
  updates: readonly (readonly [Expr, Expr])[],
  emitter: Emitter,
): Map<string, View> {
  const updated = new Set(updates.map(([target]) => target));
  return new Map(
    outputs.map(([name, node]) => {
      const view = emitter.view(node);
      return [name, updated.has(storage(node)) ? emitter.copyOf(view, node.shape, false) : view];
    }),
  );
}

/** The updates that could not be made in place: all values are copied aside first, then into their parameters. */
function copyUpdates(
  updates: readonly (readonly [Expr, Expr])[],
  inPlace: ReadonlyMap<Expr, Expr>,
  emitter: Emitter,
): void {
  const rest = updates.filter(([target, value]) => inPlace.get(value) !== target && target !== value);
  const aside = rest.map(([, value]) => {
    const view = emitter.view(value);
    return storage(value).operation === parameterOperation ? emitter.copyOf(view, value.shape, false) : view;
  });
  for (const [i, [target]] of rest.entries()) emitter.copy(aside[i] as View, emitter.view(target));
}
