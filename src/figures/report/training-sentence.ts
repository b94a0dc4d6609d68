/** What a run trained, in one sentence made of its configuration. */
import { type Experiment, examplesAre, splitSizes, taskTitle } from '../../config/index.ts';
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

/** For example: A transformer (1 layer, width 128, 4 heads) learns a + b mod 53 from 1,404 of 2,809 pairs, with AdamW … */
export function trainingSentence({ seed, train, model, ...task }: TrainedExperiment): string {
  const optimizer = optimizers[train.optimizer] ?? train.optimizer;
  const aim = train.objective === 'reinforce' ? 'rewards (REINFORCE)' : (losses[train.loss] ?? train.loss);
  return (
    `${networkOf(model)} learns ${whatOf(task)} from ${examplesOf(task)}, ` +
    `with ${optimizer} (learning rate ${train.lr}, weight decay ${train.weight_decay}) on ${aim} ` +
    `for at most ${stepLabel(train.total_steps)} steps, seed ${seed}.`
  );
}

type Task = Pick<Experiment, 'task' | 'dataset'>;

function whatOf(task: Task): string {
  if (task.task !== 'modular' || !('op' in task.dataset)) return taskTitle(task);
  return `${formulas[task.dataset.op] ?? task.dataset.op} mod ${task.dataset.N}`;
}

/** How many examples there are to train on, of how many. */
function examplesOf(task: Task): string {
  const { train, validation, heldOut } = splitSizes(task);
  const { dataset } = task;
  const order = 'pairs' in dataset && dataset.pairs === 'unordered' ? 'unordered ' : '';
  const noise =
    'label_noise' in dataset && dataset.label_noise > 0
      ? `, ${percentLabel(dataset.label_noise)} of their labels random`
      : '';
  const all = stepLabel(train + validation + heldOut);
  return `${stepLabel(train)} of ${all} ${order}${examplesAre(task)}${noise}`;
}

/** A network that is not known here is called by its type. */
function networkOf(model: Experiment['model']): string {
  const { type } = model;
  switch (model.type) {
    case 'two_layer':
      return `A two-layer network (${model.hidden_dim} hidden units, ${model.activation})`;
    case 'embedding_mlp':
      return `A network with one embedding (width ${model.embed_dim}) and ${model.hidden_dim} hidden units`;
    case 'mlp':
      return `A multi-layer perceptron (${model.layers} × ${model.hidden_dim} hidden units, ${model.activation})`;
    case 'transformer':
      return `A transformer (${model.layers} layer${model.layers === 1 ? '' : 's'}, width ${model.d_model}, ${model.heads} heads)`;
    default:
      return `A network of type ${type}`;
  }
}
