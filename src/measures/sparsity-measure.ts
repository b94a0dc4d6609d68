/** Measure `sparsity`: how few hidden neurons give the predictions of the whole network, and what that subnetwork costs. */

import { circuitFlops } from './circuit-efficiency.ts';
import { effectiveSparsity } from './effective-sparsity.ts';
import { openExampleValues } from './examples-values.ts';
import type { Measure } from './measure.ts';

/** Share of the train examples on which the subset must predict the same: at 1 the least sure example decides alone. */
const AGREEMENT = 0.99;

export const sparsityMeasure: Measure = {
  name: 'sparsity',
  about: 'the neurons of the last hidden layer that suffice for the predictions on the train examples',
  formula: `a smallest set found by ranking, bisection and removal (an upper bound) that agrees on ${AGREEMENT} of the examples; FLOPs 2·neurons·(inputs + classes)`,
  nulls: 'untrained: nearly all neurons; random labels: nearly all neurons',
  cost: 'up to a second: neurons · examples · classes, several times',
  columns: [
    { name: 'effective_sparsity', unit: 'neurons', about: 'neurons that suffice' },
    { name: 'circuit_flops', unit: 'FLOPs', about: 'of their network, for one example' },
  ],
  refusal: ({ model, dataset }) => {
    if (dataset.answers !== 1)
      return 'it is defined for one answer an example; take it of another task than copy';
    if (model.readOut !== undefined) return undefined;
    return 'the logits of this model are not read from one hidden layer alone; take it of a two_layer, embedding_mlp or mlp';
  },
  open: (probe) => {
    const { model, dataset, machine } = probe;
    const { readOut } = model;
    if (readOut === undefined) throw new Error('internal: sparsity was opened on a model without a read-out');
    const read = openExampleValues(probe, ({ activations }) => {
      const hidden = activations[readOut.activation];
      if (hidden === undefined)
        throw new Error(`internal: the model has no activation ${readOut.activation}`);
      return { hidden };
    });
    const [matrix, bias] = probe.ofParameters([readOut.matrix, ...(readOut.bias ? [readOut.bias] : [])]);
    if (matrix === undefined) throw new Error('internal: a read-out without a matrix');
    const weights = machine.compile({ outputs: bias === undefined ? { matrix } : { matrix, bias } });
    const [width, classes] = matrix.shape as readonly [number, number];
    return {
      values: () => {
        const { train } = dataset.split;
        const { hidden = [] } = read(train);
        weights.run();
        const layer = { examples: train.length, width, classes, hidden, readOut: weights.value('matrix') };
        const of = bias === undefined ? layer : { ...layer, bias: weights.value('bias') };
        const { neurons } = effectiveSparsity(of, AGREEMENT);
        return {
          effective_sparsity: neurons.length,
          circuit_flops: circuitFlops(readOut.inputs, neurons.length, classes),
        };
      },
    };
  },
};
