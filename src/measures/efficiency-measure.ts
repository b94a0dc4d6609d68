/** Measure `efficiency`: the parameter norm that a network pays for a unit of logit margin (Varma et al. 2023, arXiv:2309.02390). */

import { add, cast, type Expr, sqrt, square, sum } from '../engine/index.ts';
import { marginEfficiency } from './circuit-efficiency.ts';
import { openExampleValues } from './examples-values.ts';
import type { Measure } from './measure.ts';

export const efficiencyMeasure: Measure = {
  name: 'efficiency',
  about: 'how much parameter norm the network needs for a unit of margin on the train examples it gets right',
  formula: '‖θ‖ / mean of (z_y − max_{j≠y} z_j) over the train examples with a positive margin',
  nulls:
    'an untrained network gets few examples right, by small margins: the ratio is large and says little; random labels: see --nulls',
  cost: 'a forward pass on the train examples, whose logits are read out',
  columns: [
    {
      name: 'norm_per_margin',
      unit: '1',
      about: 'parameter norm per unit of mean margin; smaller is more efficient',
    },
    { name: 'mean_margin', unit: 'logits', about: 'mean margin of the train examples answered correctly' },
  ],
  refusal: ({ dataset }) =>
    dataset.answers === 1
      ? undefined
      : 'it is defined for one answer an example; take it of another task than copy',
  open: (probe) => {
    const { dataset } = probe;
    const read = openExampleValues(probe, ({ logits }) => ({ logits }));
    const squares = [...probe.parameters.values()].map((w) => sum(square(cast(w, 'f64'))));
    const norm = probe.machine.compile({
      outputs: { norm: sqrt(squares.reduce((a, b): Expr => add(a, b))) },
    });
    const labels = dataset.split.train.map((example) => dataset.labels[example] as number);
    return {
      values: () => {
        norm.run();
        const { logits } = read(dataset.split.train);
        // The degree only matters for the other ratio, which needs a homogeneous network.
        const found = marginEfficiency(logits ?? [], labels, dataset.classes, norm.scalar('norm'), 1);
        return { norm_per_margin: found.normPerMargin, mean_margin: found.meanMargin };
      },
    };
  },
};
