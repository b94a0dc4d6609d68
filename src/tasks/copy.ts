/**
 * Task `copy`: every sequence of a length over an alphabet, in lexicographic order; the answers are its tokens. Tokens are
 * x₁ … x_L alone: a model that reads sequences puts the delimiter and the answers given so far behind them.
 */
import { type DatasetConfig, taskShape } from '../config/index.ts';
import type { Dataset } from './dataset.ts';
import { powerInputGroups } from './input-group/index.ts';
import { splitAtRandom } from './split.ts';

export function copyDataset(config: DatasetConfig<'copy'>): Dataset {
  const { alphabet, length } = config;
  const { examples: size } = taskShape({ task: 'copy', dataset: config });
  const tokens = Array.from({ length }, () => new Int32Array(size));
  const labels = new Int32Array(size * length);
  for (let example = 0; example < size; example++) {
    let rest = example;
    for (let place = length - 1; place >= 0; place--) {
      const token = rest % alphabet;
      tokens[place][example] = token;
      labels[example * length + place] = token;
      rest = Math.floor(rest / alphabet);
    }
  }
  return {
    size,
    tokens,
    vocabulary: alphabet,
    classes: alphabet,
    answers: length,
    labels,
    cleanLabels: labels,
    split: splitAtRandom(size, config),
    structure: { kind: 'copy', alphabet, length },
    inputs: powerInputGroups(alphabet, length),
  };
}
