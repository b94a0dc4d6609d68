/** What a run trained, in one sentence made of its configuration. */
import { type Experiment, splitSizes, taskShape, taskTitle } from '../../config/index.ts';
import { settingsOf } from '../../config/tasks/index.ts';
import { percentLabel, stepLabel } from '../number-labels.ts';

const formulas: Readonly<Record<string, string>> = {
  add: 'a + b',
  sub: 'a − b',
  mul: 'a · b',
  div: 'a · b⁻¹',
  'x^2+y^2': 'a² + b²',
  'x^2+xy+y^2': 'a² + ab + b²',
  'x^3+xy': 'a³ + ab',
  'x^3+xy^2+y': 'a³ + ab² + b',
};

const losses: Readonly<Record<string, string>> = {
  cross_entropy: 'cross-entropy',
  mse: 'mean squared error',
  hinge: 'hinge loss',
  stablemax: 'StableMax cross-entropy',
};

const optimizers: Readonly<Record<string, string>> = { adamw: 'AdamW', adam: 'Adam', sgd: 'SGD' };

/** For example: A transformer (1 layer, width 128, 4 heads) learns a + b mod 53 from 1,405 of 2,809 pairs, with AdamW … */
export function trainingSentence(experiment: Experiment): string {
  const { seed, model, train, dataset } = experiment;
  const { train: examples } = splitSizes(experiment);
  const { examples: all } = taskShape(experiment);
  const noise = 'label_noise' in dataset ? dataset.label_noise : 0;
  const relabelled = noise > 0 ? `, ${percentLabel(noise)} of their labels random` : '';
  const optimizer = optimizers[train.optimizer] ?? train.optimizer;
  const loss = losses[train.loss] ?? train.loss;
  return (
    `${networkOf(model)} learns ${taskOf(experiment)} from ${stepLabel(examples)} of ${stepLabel(all)} ` +
    `${settingsOf(experiment.task).examplesAre}${relabelled}, ` +
    `with ${optimizer} (learning rate ${train.lr}, weight decay ${train.weight_decay}) on ${loss} ` +
    `for at most ${stepLabel(train.total_steps)} steps, seed ${seed}.`
  );
}

function taskOf(experiment: Experiment): string {
  if (experiment.task !== 'modular') return taskTitle(experiment);
  const { op, N } = experiment.dataset;
  return `${formulas[op] ?? op} mod ${N}`;
}

function networkOf(model: Experiment['model']): string {
  switch (model.type) {
    case 'two_layer':
      return `A two-layer network (${model.hidden_dim} hidden units, ${model.activation})`;
    case 'embedding_mlp':
      return `A network with one embedding (width ${model.embed_dim}) and ${model.hidden_dim} hidden units`;
    case 'mlp':
      return `A multi-layer perceptron (${model.layers} × ${model.hidden_dim} hidden units, ${model.activation})`;
    case 'transformer':
      return `A transformer (${model.layers} layer${model.layers === 1 ? '' : 's'}, width ${model.d_model}, ${model.heads} heads)`;
  }
}
