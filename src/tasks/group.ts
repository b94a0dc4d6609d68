/** Task `group`: the composition g∘h of two elements, over all ordered pairs; tokens and labels number the elements. */
import type { DatasetConfig } from '../config/index.ts';
import type { Dataset } from './dataset.ts';
import { groupOf } from './groups/index.ts';
import { elementColumns, finiteAxis, InputGroups } from './input-group/index.ts';
import { pairsDataset } from './pairs.ts';

export function groupDataset(config: DatasetConfig<'group'>): Dataset {
  const group = groupOf(config.group);
  const { order, table } = group;
  const dataset = pairsDataset(
    { ...config, N: order, pairs: 'ordered' },
    {
      label: (g, h) => table[g * order + h],
      classes: order,
      structure: { kind: 'group', group },
    },
  );
  const inputs = new InputGroups(() => {
    const axis = finiteAxis(group);
    return { graph: { axes: [axis, axis], tokens: elementColumns([order, order]), answer: 'same' } };
  });
  return { ...dataset, inputs };
}
