/** What a program keeps in memory, by what it is for. */

import { BYTES } from '../dtype.ts';
import { type Buffer, canonicalSize } from '../lowering.ts';
import { TILE_EXAMPLES } from '../operations/contraction.ts';
import { encode } from '../plan/encode.ts';
import type { Leaf } from '../plan/leaves.ts';
import { ALIGNMENT, alignUp } from '../plan/placement.ts';
import type { Plan } from '../plan/plan.ts';
import { MOST_LANES } from '../threads/table.ts';

export type MemoryUse =
  /** Parameters of the model and whatever else is updated: moments, moving averages. */
  | 'parameters'
  | 'settings'
  | 'constants'
  /** Computed once a step: tables, packed operands, gradients on their way to the update. */
  | 'tables'
  /** Sums over examples, once for each of up to 8 lanes. */
  | 'accumulators'
  /** Values of one tile, whose places are used again and again. */
  | 'scratch'
  /** Rows of the data set that a step reads. */
  | 'columns'
  /** The order of a step's examples, and values kept for each of them. */
  | 'rows'
  | 'instructions';

export interface ExplainedMemory {
  readonly use: MemoryUse;
  /** Of parameters: their name. */
  readonly name?: string;
  readonly buffers: number;
  /** Padding and alignment included. */
  readonly bytes: number;
}

/**
 * Memory by use, parameters one by one, in bytes.
 * @param examples most of a step
 */
export function explainMemory(plan: Plan, examples: number): ExplainedMemory[] {
  const tiles = Math.ceil(Math.max(examples, 1) / TILE_EXAMPLES);
  const lanes = Math.min(MOST_LANES, tiles);
  const bufferOf = ({ view }: Leaf): Buffer => view.pointer.buffer;
  const held = (use: MemoryUse, buffers: readonly Buffer[], bytes: (buffer: Buffer) => number) => ({
    use,
    buffers: buffers.length,
    bytes: buffers.reduce((total, buffer) => total + bytes(buffer), 0),
  });
  const aligned = ({ bytes }: Buffer): number => alignUp(bytes);
  const settings = [...plan.settings.values()].map(bufferOf);
  const constants = plan.constants.map(bufferOf);
  const columns = [...plan.columns.values()];
  const leaves = new Set([
    ...settings,
    ...constants,
    ...[...plan.parameters.values(), ...columns].map(bufferOf),
  ]);
  const lane = plan.stages.flatMap((stage) => stage.accumulators);
  const own = plan.buffers.filter((buffer) => !leaves.has(buffer));
  const inSpace = (space: Buffer['space']): Buffer[] => own.filter((buffer) => buffer.space === space);
  const rowBytes = columns.reduce(
    (bytes, { node }) => bytes + canonicalSize(node.shape) * BYTES[node.dtype],
    0,
  );
  return [
    ...[...plan.parameters].map(([name, leaf]) => ({
      ...held('parameters', [bufferOf(leaf)], aligned),
      name,
    })),
    held('settings', settings, aligned),
    held('constants', constants, aligned),
    held('tables', inSpace('static'), aligned),
    held('accumulators', lane, (buffer) => lanes * aligned(buffer)),
    { use: 'scratch', buffers: inSpace('worker').length, bytes: plan.scratchBytes },
    {
      use: 'columns',
      buffers: columns.length,
      bytes: held('columns', columns.map(bufferOf), aligned).bytes + examples * rowBytes,
    },
    held('rows', inSpace('tile'), (buffer) => buffer.tileBytes * tiles),
    instructions(plan),
  ];
}

/** The words that the kernels read; their number does not depend on where buffers lie. */
function instructions(plan: Plan): ExplainedMemory {
  const lists = plan.stages.flatMap((stage) => [stage.once, stage.tile, stage.sums]);
  const placed = lists.map((list) =>
    list.map(({ opcode, words }) => ({
      opcode,
      words: words.map((word) =>
        typeof word === 'object' && 'buffer' in word
          ? { ...word, buffer: { ...word.buffer, address: ALIGNMENT } }
          : word,
      ),
    })),
  );
  const bytes = placed.reduce(
    (total, list) => total + alignUp(encode(list, { worker: 0, lane: 0 }, new Set()).byteLength),
    0,
  );
  return { use: 'instructions', buffers: lists.length, bytes };
}
