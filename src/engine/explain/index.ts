/** Explains what becomes of a graph: what it computes as written, what the rules make of it, how it runs, what it keeps. */

import type { Expr } from '../expression.ts';
import { countOperations } from '../factoring/operation-count.ts';
import { predictBytes } from '../machine.ts';
import type { Graph } from '../plan/graph.ts';
import { makePlan } from '../plan/plan.ts';
import { type ExplainedMemory, explainMemory } from './memory.ts';
import { type ExplainedStage, explainStages } from './stages.ts';
import { merged } from './values.ts';

export type { ExplainedMemory, MemoryUse } from './memory.ts';
export type { ExplainedStage, ExplainedUnit } from './stages.ts';
export { type ExplainedValue, explainValues, type ValueUse } from './values.ts';

/** How a graph runs. */
export interface ExplainedProgram {
  /** Floating-point operations of one run: those of its stages. */
  readonly flops: number;
  readonly stages: readonly ExplainedStage[];
  readonly memory: readonly ExplainedMemory[];
  /** What is foretold before a program is compiled, without its instructions. */
  readonly predictedBytes: number;
}

/** Floating-point operations of one run of everything a graph asks for; equal subexpressions count once. */
export function graphOperations({ outputs, perExample = {}, updates = [] }: Graph, examples: number): number {
  const values: Expr[] = [...Object.values(outputs), ...Object.values(perExample)];
  return countOperations(merged([...values, ...updates.map(([, value]) => value)]), examples);
}

/**
 * Plans a graph and says what the plan does; nothing is allocated or run.
 * @param examples of a run
 * @throws EngineError naming what cannot be computed as asked
 */
export function explainProgram(graph: Graph, examples: number): ExplainedProgram {
  const plan = makePlan(graph);
  const stages = explainStages(graph, plan, examples);
  return {
    flops: stages.reduce((flops, stage) => flops + stage.flops, 0),
    stages,
    memory: explainMemory(plan, examples),
    predictedBytes: predictBytes(graph, examples),
  };
}
