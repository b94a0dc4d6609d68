/**
 * The residuals of a network of ours on its train examples, r = logits − one-hot, with gradient and Jacobian by the engine's
 * derivatives, in f64. For analysis sizes: the Jacobian is formed, a row by a reverse pass over one example.
 */

import type { Experiment } from '../config/index.ts';
import {
  type Expr,
  einsum,
  gradient,
  input,
  Machine,
  type Program,
  reshape,
  square,
  sub,
  sum,
  sumExamples,
} from '../engine/index.ts';
import { buildModel, type Model } from '../models/index.ts';
import { buildDataset, type Dataset } from '../tasks/index.ts';
import { TheoryError } from './refusal.ts';
import type { ResidualMap } from './residual-map.ts';

/** Entries of J beyond which forming and factoring it takes minutes a point. */
export const MOST_JACOBIAN_ENTRIES = 4e6;

/** A network with its train examples, as a map from θ (all parameters, in the model's order, each in row-major order). */
export interface NetworkResiduals extends ResidualMap {
  readonly model: Model;
  readonly dataset: Dataset;
  /** Initial values of the experiment's seed. */
  readonly initial: Float64Array;
}

/** Where each parameter lies in θ. */
interface Part {
  readonly node: Expr;
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

function partsOf(model: Model): Part[] {
  let from = 0;
  return model.parameters.map((node) => {
    const to = from + node.shape.reduce((a, b) => a * b, 1);
    const part = { node, name: String(node.attributes.name), from, to };
    from = to;
    return part;
  });
}

/**
 * Opens a machine for the network of an experiment. Dropout is off; loss, optimiser and schedule of the experiment do not matter.
 * @throws TheoryError where zero loss cannot be reached for want of hidden units, or J would be too large
 */
export async function openNetwork(experiment: Experiment): Promise<NetworkResiduals> {
  const dataset = buildDataset(experiment);
  const { vocabulary, classes, answers, size } = dataset;
  const data = { vocabulary, classes, answers, operands: dataset.tokens.length };
  const model = buildModel(experiment.model, data, 'f64');
  const { train } = dataset.split;
  const outputs = answers * classes;
  const parts = partsOf(model);
  const parameters = parts[parts.length - 1].to;
  const residuals = train.length * outputs;
  checkSize(experiment, dataset, parameters, residuals);

  const machine = await Machine.open();
  const tokens = dataset.tokens.map((_, i) => input(`token${i}`, [], 'i32', { examples: true }));
  const target = input('target', [outputs], 'f64', { examples: true });
  const columns = Object.fromEntries(dataset.tokens.map((values, i) => [`token${i}`, values]));
  machine.setColumns({ ...columns, target: oneHotTargets(dataset) }, size, { target: [outputs] });
  const { logits } = model.forward(tokens, 'eval');
  const residual = sub(reshape(logits, [outputs]), target);
  const loss = sumExamples(sum(square(residual)));
  const mostExamples = train.length;
  const forward = machine.compile({ outputs: { loss }, perExample: { residual } }, { mostExamples });
  const descent = machine.compile({ outputs: { loss, ...namedGradients(loss, parts) } }, { mostExamples });
  const weight = input('weight', [outputs], 'f64', { examples: false });
  const weighted = sumExamples(einsum('c,c->', weight, residual));
  const rows = machine.compile({ outputs: namedGradients(weighted, parts) }, { mostExamples: 1 });

  const load = (theta: Float64Array) => {
    for (const { node, from, to } of parts) machine.setParameter(node, theta.subarray(from, to));
  };
  const read = (program: Program, into: Float64Array, offset = 0) => {
    for (const { name, from } of parts) into.set(program.value(name), offset + from);
  };
  const initialValues = model.initial(experiment.seed);
  const initial = new Float64Array(parameters);
  for (const { name, from } of parts) initial.set(initialValues.get(name) ?? [], from);

  return {
    model,
    dataset,
    initial,
    parameters,
    residuals,
    residual: (theta, into) => {
      load(theta);
      forward.run(train);
      into.set(forward.value('residual'));
    },
    gradient: (theta, into) => {
      load(theta);
      descent.run(train);
      read(descent, into);
      return descent.scalar('loss');
    },
    jacobian: (theta, into) => {
      load(theta);
      const one = new Int32Array(1);
      const chosen = new Float64Array(outputs);
      for (let c = 0; c < outputs; c++) {
        chosen.fill(0);
        chosen[c] = 1;
        rows.setSetting('weight', chosen);
        for (let i = 0; i < train.length; i++) {
          one[0] = train[i];
          rows.run(one);
          read(rows, into, (i * outputs + c) * parameters);
        }
      }
    },
  };
}

function namedGradients(of: Expr, parts: readonly Part[]): Record<string, Expr> {
  const gradients = gradient(
    of,
    parts.map(({ node }) => node),
  );
  return Object.fromEntries(parts.map(({ name }, i) => [name, gradients[i]]));
}

/** [size, answers · classes]. */
function oneHotTargets({ size, answers, classes, labels }: Dataset): Float64Array {
  const targets = new Float64Array(size * answers * classes);
  for (let i = 0; i < size * answers; i++) targets[i * classes + labels[i]] = 1;
  return targets;
}

function checkSize({ model }: Experiment, { split }: Dataset, parameters: number, residuals: number): void {
  const n = split.train.length;
  if (model.type === 'two_layer' && model.hidden_dim < n) {
    throw new TheoryError(
      `zero loss needs a width of at least the ${n} train examples, got ${model.hidden_dim}: fewer hidden units span fewer than ` +
        `${n} dimensions, so labels in general position cannot all be fitted; take ${n + 1} units or more, or fewer examples`,
    );
  }
  if (parameters < residuals) {
    throw new TheoryError(
      `zero loss needs at least as many parameters as residuals, got ${parameters} for ${n} examples with ${residuals / n} outputs; take a wider network or fewer examples`,
    );
  }
  if (parameters * residuals > MOST_JACOBIAN_ENTRIES) {
    throw new TheoryError(
      `the Jacobian of ${residuals} residuals by ${parameters} parameters is too large to be factored at every point (at most ${MOST_JACOBIAN_ENTRIES} entries); take a smaller network or fewer examples`,
    );
  }
}
