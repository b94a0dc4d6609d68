/** What a run trained, in one sentence made of its configuration. */
import type { Experiment } from '../../config/index.ts';
import { percentLabel, stepLabel } from '../number-labels.ts';

/** The parts of a configuration that the sentence speaks of. */
export type TrainedExperiment = Pick<Experiment, 'seed' | 'task' | 'dataset' | 'model' | 'train'>;

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

/** For example: A transformer (1 layer, width 128, 4 heads) on a + b mod 53, from 50% of the pairs, with AdamW … */
export function trainingSentence({ seed, task, dataset, model, train }: TrainedExperiment): string {
  const what = task === 'modular' ? `${formulas[dataset.op] ?? dataset.op} mod ${dataset.N}` : task;
  const pairs = dataset.pairs === 'unordered' ? 'unordered pairs' : 'pairs';
  const noise =
    dataset.label_noise > 0 ? `, ${percentLabel(dataset.label_noise)} of their labels random` : '';
  const optimizer = optimizers[train.optimizer] ?? train.optimizer;
  const loss = losses[train.loss] ?? train.loss;
  return (
    `${networkOf(model)} learns ${what} from ${percentLabel(dataset.train_fraction)} of the ${pairs}${noise}, ` +
    `with ${optimizer} (learning rate ${train.lr}, weight decay ${train.weight_decay}) on ${loss} ` +
    `for at most ${stepLabel(train.total_steps)} steps, seed ${seed}.`
  );
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
