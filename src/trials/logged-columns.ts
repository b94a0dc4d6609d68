/** Which columns of metrics.csv an experiment writes, and what would have it write another. */

import { type Experiment, nearest } from '../config/index.ts';
import { spectralMeasures } from '../config/schema/measures.ts';
import { measures, measuresOf } from '../measures/index.ts';
import type { Split } from './trial.ts';

/** The columns in the order of the file, without step and split. */
export function loggedColumns(experiment: Experiment): string[] {
  const { task, train, laplacian_penalty } = experiment;
  const rewarded = task === 'parity' || task === 'copy' || train.objective === 'reinforce';
  return [
    'loss',
    'accuracy',
    ...(train.loss === 'cross_entropy' ? ['softmax_collapse'] : []),
    'weight_norm',
    ...(rewarded ? ['reward'] : []),
    ...(laplacian_penalty.compute ? ['laplacian_penalty'] : []),
    ...measuresOf(experiment).flatMap((name) => measures[name].columns.map((column) => column.name)),
  ];
}

/** The splits that have rows: a test split only beside a validation set. */
export function loggedSplits({ dataset }: Experiment): Split[] {
  return dataset.val_fraction > 0 ? ['train', 'val', 'test'] : ['train', 'val'];
}

/** What to do about a column that is not logged. */
export function columnAdvice(column: string, experiment: Experiment): string {
  const setting = settingFor(column);
  if (setting !== undefined) return `it is logged with the setting ${setting}`;
  const known = loggedColumns(experiment);
  const all = Object.values(measures).flatMap((measure) => measure.columns.map(({ name }) => name));
  const near = nearest(column, [...known, ...all, 'reward', 'laplacian_penalty', 'softmax_collapse']);
  if (near === null) return `its columns are ${known.join(', ')}; \`grokscope measures\` lists others`;
  const needs = known.includes(near) ? undefined : settingFor(near);
  return needs === undefined ? `did you mean ${near}?` : `did you mean ${near}, with the setting ${needs}?`;
}

/** The setting that switches a column on; undefined for a name that no column has, and for columns that are always there. */
function settingFor(column: string): string | undefined {
  if (column === 'reward') return 'train.objective: reinforce';
  if (column === 'softmax_collapse') return 'train.loss: cross_entropy';
  if (column === 'laplacian_penalty') return 'laplacian_penalty.compute: true';
  const measure = Object.values(measures).find(({ columns }) => columns.some(({ name }) => name === column));
  if (measure === undefined) return undefined;
  return spectralMeasures.some((name) => name === measure.name)
    ? 'spectral.compute: true'
    : `measures: [${measure.name}]`;
}
