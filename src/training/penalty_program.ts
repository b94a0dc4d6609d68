/** The penalty at work: its inputs, its fixed tensors and its graph of neighbours on the machine of a training. */

import type { Expr, Machine, Program } from '../engine/index.ts';
import type { Dataset } from '../tasks/index.ts';
import type { PenaltyStep } from './penalty_step.ts';

export class PenaltyProgram {
  /** What a checkpoint has to hold: tensors made of the weights of an earlier step. */
  readonly state: readonly Expr[];
  private readonly machine: Machine;
  private readonly program: Program;
  private readonly sources: Program | undefined;
  private readonly examples: Int32Array;
  private readonly step: PenaltyStep;
  private readonly every: number;

  /**
   * Needs the data set's columns and the initial weights in the machine.
   * @param every steps from one refreshment to the next
   */
  constructor(machine: Machine, dataset: Dataset, step: PenaltyStep, every: number) {
    const { penalty, graph } = step;
    this.machine = machine;
    this.step = step;
    this.every = every;
    this.state = penalty.refreshed.map(({ node }) => node);
    const elements = dataset.vocabulary * dataset.vocabulary;
    const columns = penalty.columns(dataset);
    if (penalty.inputs !== 'none')
      machine.setColumns(columns, penalty.inputs === 'all' ? elements : dataset.size);
    this.examples = {
      all: Int32Array.from({ length: penalty.inputs === 'all' ? elements : 0 }, (_, element) => element),
      train: dataset.split.train,
      none: new Int32Array(0),
    }[penalty.inputs];
    for (const { node, values } of penalty.given) machine.setParameter(node, values(dataset));
    this.program = machine.compile(graph, { mostExamples: this.examples.length });
    if (penalty.refreshed.length > 0) {
      const outputs = Object.fromEntries(penalty.refreshed.map(({ source }, i) => [`source${i}`, source]));
      this.sources = machine.compile({ outputs }, { mostExamples: 0 });
    }
    this.refresh();
  }

  /** Leaves the penalty's gradients at the weights as they stand in memory. */
  run(): void {
    this.program.run(this.examples);
  }

  /** The penalty at the weights as they stand, not multiplied by α. */
  value(): number {
    this.run();
    return this.program.scalar('penalty');
  }

  /** After a step: what is made of the weights is made anew where it is due, so that it belongs to this step's state. */
  afterStep(step: number): void {
    if (step % this.every === 0) this.refresh();
  }

  private refresh(): void {
    const { sources } = this;
    if (sources === undefined) return;
    sources.run();
    for (const [i, { node, values }] of this.step.penalty.refreshed.entries())
      this.machine.setParameter(node, values(sources.value(`source${i}`)));
  }
}
