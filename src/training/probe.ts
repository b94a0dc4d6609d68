/**
 * What an observer may compute at a snapshot: graphs that read the evaluated weights and change nothing. A measured training
 * is therefore equal to an unmeasured one, bit for bit.
 */

import type { Experiment } from '../config/index.ts';
import { type Expr, economize, input, type Machine } from '../engine/index.ts';
import type { Embedding, Forward, Model } from '../models/index.ts';
import type { Dataset } from '../tasks/index.ts';
import { readingInstead } from './ema.ts';
import { parameterName } from './optimizers/parameter_name.ts';

/** The network as it is evaluated, open to further graphs. */
export class Probe {
  readonly experiment: Experiment;
  readonly dataset: Dataset;
  readonly machine: Machine;
  readonly model: Model;
  /** The evaluated weights by the names of the model: the moving average where one is used. */
  readonly parameters: ReadonlyMap<string, Expr>;
  private readonly shadows: ReadonlyMap<Expr, Expr>;
  private readonly inputs = new Map<string, { tokens: Expr[]; columns: readonly Int32Array[] }>();

  constructor(
    experiment: Experiment,
    dataset: Dataset,
    machine: Machine,
    model: Model,
    shadows: ReadonlyMap<Expr, Expr>,
  ) {
    this.experiment = experiment;
    this.dataset = dataset;
    this.machine = machine;
    this.model = model;
    this.shadows = shadows;
    this.parameters = new Map(model.parameters.map((w) => [parameterName(w), shadows.get(w) ?? w]));
  }

  /**
   * Values of the network on inputs of the observer's own, which need not be examples of the task.
   *
   * @param name of this set of inputs: a second call with the same columns gives the same expressions
   * @param columns one token column per operand, equally long
   * @param read picks the values from the forward pass; all stand in one graph, where only what is read is computed
   * @returns the values, per example, made cheap for a run over all inputs
   */
  onInputs(name: string, columns: readonly Int32Array[], read: (forward: Forward) => Expr[]): Expr[] {
    let known = this.inputs.get(name);
    if (known === undefined) {
      const tokens = columns.map((_, i) => input(`${name}.token${i}`, [], 'i32', { examples: true }));
      const named = Object.fromEntries(columns.map((values, i) => [`${name}.token${i}`, values]));
      this.machine.setColumns(named, columns[0]?.length ?? 0);
      known = { tokens, columns };
      this.inputs.set(name, known);
    }
    if (known.columns !== columns) throw new Error(`internal: inputs ${name} of a probe were given twice`);
    const forward = this.model.forward(known.tokens, 'eval');
    return readingInstead(economize(read(forward), columns[0]?.length ?? 0), this.shadows);
  }

  /** The token embeddings of the model, of the evaluated weights. */
  embeddings(): Embedding[] {
    const { embeddings } = this.model;
    const tables = this.ofParameters(embeddings.map(({ table }) => table));
    return embeddings.map(({ name }, i) => ({ name, table: tables[i] as Expr }));
  }

  /** Expressions of the model's parameters, reading the evaluated weights. */
  ofParameters(expressions: readonly Expr[]): Expr[] {
    return readingInstead(expressions, this.shadows);
  }
}
