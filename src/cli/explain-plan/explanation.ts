/** What becomes of the training step of an experiment, as data: from the network as written to stages and buffers. */

import type { Experiment } from '../../config/index.ts';
import { formulaAlone } from '../../engine/explain/formula.ts';
import {
  type ExplainedProgram,
  type ExplainedValue,
  explainProgram,
  explainValues,
  graphOperations,
} from '../../engine/explain/index.ts';
import { factor } from '../../engine/factoring/factor.ts';
import { computeOnlyWhatIsRead, type Expr, economize, type Graph } from '../../engine/index.ts';
import { buildDataset } from '../../tasks/index.ts';
import { buildNetwork, type Network } from '../../training/trainer.ts';

/** Floating-point operations of the network as written, when only what is read is computed, and factored. */
interface Totals {
  readonly written: number;
  readonly read: number;
  readonly factored: number;
}

interface ExplainedRule {
  readonly rule: 'only what is read' | 'cheaper order';
  /** The product that was reordered. */
  readonly formula?: string;
  readonly shape?: readonly number[];
  /** Forward, of a step; what a rule saves in the gradient comes on top. */
  readonly flops_before: number;
  readonly flops_after: number;
}

export interface PlanExplanation {
  readonly name: string;
  /** Of a step. */
  readonly examples: number;
  readonly dtype: string;
  readonly forward_flops: Totals;
  /** Loss, gradients and update. */
  readonly step_flops: Totals;
  readonly written: readonly ExplainedValue[];
  readonly rules: readonly ExplainedRule[];
  readonly factored: readonly ExplainedValue[];
  readonly program: ExplainedProgram;
  /** Where one is switched on: the program that runs before each step. */
  readonly penalty?: { readonly kind: string; readonly examples: number; readonly program: ExplainedProgram };
  /** Names of the model's own parameters; what else is updated belongs to the optimiser. */
  readonly model_parameters: readonly string[];
}

type Rewrite = (roots: readonly Expr[], examples: number) => Expr[];

/** The step with its logits rewritten in one way, and those logits. */
function stepWith(experiment: Experiment, dataset: ReturnType<typeof buildDataset>, rewrite: Rewrite) {
  const seen: { logits: Expr[]; examples: number }[] = [];
  const network: Network = buildNetwork(experiment, dataset, (roots, examples) => {
    const logits = rewrite(roots, examples);
    seen.push({ logits, examples });
    return logits;
  });
  const { meanLoss, rule, model, penalty } = network;
  const graph: Graph = {
    outputs: { loss: meanLoss, gradientNorm: rule.gradientNorm },
    updates: rule.updates,
  };
  const { logits, examples } = seen[0] as { logits: Expr[]; examples: number };
  return { graph, logits, examples, model, penalty };
}

/** Builds the step three times and plans the last; nothing is run. */
export function explainExperiment(experiment: Experiment): PlanExplanation {
  const dataset = buildDataset(experiment);
  const rules: ExplainedRule[] = [];
  const written = stepWith(experiment, dataset, (roots) => [...roots]);
  const read = stepWith(experiment, dataset, (roots) => computeOnlyWhatIsRead(roots));
  const { examples } = written;
  const forward = ({ logits }: { logits: readonly Expr[] }): number =>
    explainValues(logits, examples).reduce((flops, value) => flops + value.flopsPerStep, 0);
  const [asWritten, onlyRead] = [forward(written), forward(read)];
  if (onlyRead < asWritten)
    rules.push({ rule: 'only what is read', flops_before: asWritten, flops_after: onlyRead });
  const { rewritings } = factor(read.logits, examples);
  for (const { node, before, after } of rewritings) {
    rules.push({
      rule: 'cheaper order',
      formula: formulaAlone(node),
      shape: node.shape,
      flops_before: 2 * before,
      flops_after: 2 * after,
    });
  }
  const factored = stepWith(experiment, dataset, economize);
  const program = explainProgram(factored.graph, examples);
  const { penalty } = factored;
  return {
    name: experiment.name,
    examples,
    dtype: experiment.train.dtype,
    forward_flops: { written: asWritten, read: onlyRead, factored: forward(factored) },
    step_flops: {
      written: graphOperations(written.graph, examples),
      read: graphOperations(read.graph, examples),
      factored: program.flops,
    },
    written: explainValues(written.logits, examples),
    rules,
    factored: explainValues(factored.logits, examples),
    program,
    ...(penalty && {
      penalty: {
        kind: experiment.laplacian_penalty.kind,
        examples: penalty.examples,
        program: explainProgram(penalty.graph, penalty.examples),
      },
    }),
    model_parameters: factored.model.parameters.map((node) => String(node.attributes.name)),
  };
}
