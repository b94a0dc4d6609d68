/** Rules between keys that a schema cannot say. Each names the keys at fault, the likeliest first. */
import { activationNamed, activationNames } from './activations.ts';
import type { BrokenRule } from './broken-rule.ts';
import { configIssue } from './error.ts';
import type { Experiment } from './experiment.ts';
import { measuresArePossible } from './measure-rules.ts';
import { penaltyIsPossible } from './penalty-rules.ts';
import { nearest } from './suggest.ts';
import { settingsOf, splitSizes, taskShape } from './tasks/index.ts';

/** Every broken rule of a resolved experiment; what follows from sizes is not said of sizes that are wrong themselves. */
export function brokenRules(experiment: Experiment): BrokenRule[] {
  const { task, dataset } = experiment;
  const ofTask = (settingsOf(task).rules ?? []).map((rule) => rule(dataset));
  const sizes = ofTask.some((broken) => broken !== null) ? [] : [splitIsNotEmpty(experiment)];
  const rules = [
    modelIsPossible,
    signsNeedBits,
    marginNeedsTwoClasses,
    stdNeedsNormal,
    nesterovNeedsMomentum,
  ];
  const others = [
    ...rules,
    actionsAreFew,
    lowBandIsPossible,
    activationsExist,
    measuresArePossible,
    penaltyIsPossible,
  ].map((rule) => rule(experiment));
  return [...ofTask, ...sizes, ...others].filter((broken) => broken !== null);
}

function splitIsNotEmpty(experiment: Experiment): BrokenRule | null {
  const { task, dataset } = experiment;
  const sizes = splitSizes(experiment);
  if (sizes.train > 0 && sizes.heldOut > 0) return null;
  const { train_fraction, val_fraction } = dataset;
  const { examplesAre, sizeKey } = settingsOf(task);
  const total = taskShape(experiment).examples;
  // Strings that are drawn are held out by their number, not by a share.
  const drawn = task === 'parity' && dataset.samples === 'drawn';
  const allValidation = sizes.train === 0 && (sizes.validation > 1 || drawn);
  const path = ['dataset', allValidation ? 'val_fraction' : 'train_fraction'];
  const part = sizes.train === 0 ? 'train' : 'held-out';
  const direction = sizes.train === 0 && !allValidation ? 'larger' : 'smaller';
  const got = String(allValidation ? val_fraction : train_fraction);
  return {
    issue: configIssue({
      path,
      message: `${path.join('.')} ${got} leaves no ${part} example out of ${total} ${examplesAre} (${sizes.train} train, ${sizes.validation} validation, ${sizes.heldOut} held out)`,
      expected: 'at least one train and one held-out example',
      got,
      suggestion: `choose a ${direction} ${path[1]}${total < 25 ? ` or a larger ${sizeKey}` : ''}`,
    }),
    others: ['train_fraction', sizeKey, 'val_fraction', 'split'].map((key) => ['dataset', key]),
  };
}

function modelIsPossible({ model, task, dataset }: Experiment): BrokenRule | null {
  if (model.type === 'transformer' && model.d_model % model.heads !== 0) {
    const message = `model.heads must divide model.d_model, got ${model.heads} heads for a width of ${model.d_model}`;
    const expected = `a divisor of ${model.d_model}`;
    return {
      issue: configIssue({ path: ['model', 'heads'], message, expected, got: String(model.heads) }),
      others: [['model', 'd_model']],
    };
  }
  if (
    model.type === 'mlp' &&
    model.input_encoding.type === 'learned' &&
    model.input_encoding.embed_dim === 0
  ) {
    const path = ['model', 'input_encoding', 'embed_dim'];
    const message = `${path.join('.')} must be at least 1 for a learned encoding, got 0`;
    const suggestion = 'for example embed_dim: 128';
    return {
      issue: configIssue({ path, message, expected: 'at least 1', got: '0', suggestion }),
      others: [['model', 'input_encoding', 'type']],
    };
  }
  if (model.type !== 'two_layer' || model.init.type !== 'analytic') return null;
  const op = task === 'modular' ? dataset.op : `task ${task}`;
  const given = `${model.activation}, ${model.input}, ${op}`;
  if (given === 'quadratic, concat, add') return null;
  return {
    issue: configIssue({
      path: ['model', 'init', 'type'],
      message: `model.init.type analytic needs activation quadratic, input concat and op add, got ${given}`,
      expected: 'quadratic, concat, add',
      got: given,
    }),
    others: [
      ['model', 'activation'],
      ['model', 'input'],
      ['dataset', 'op'],
    ],
  };
}

/** A sign is a bit: 0 → −1, 1 → +1. */
function signsNeedBits(experiment: Experiment): BrokenRule | null {
  const { model } = experiment;
  const key = model.type === 'two_layer' ? ['input'] : ['input_encoding', 'type'];
  const signs =
    (model.type === 'two_layer' && model.input === 'signs') ||
    (model.type === 'mlp' && model.input_encoding.type === 'signs');
  const { vocabulary } = taskShape(experiment);
  if (!signs || vocabulary === 2) return null;
  const path = ['model', ...key];
  const message = `${path.join('.')} signs needs a task whose tokens are bits, as parity, got ${vocabulary} different tokens in task ${experiment.task}`;
  return { issue: configIssue({ path, message, got: 'signs' }), others: [['task']] };
}

function marginNeedsTwoClasses(experiment: Experiment): BrokenRule | null {
  const { model, task } = experiment;
  const { classes, answers } = taskShape(experiment);
  if (!('output' in model) || model.output === 'logits' || (classes === 2 && answers === 1)) return null;
  const got = `${classes} classes${answers > 1 ? ` and ${answers} answers` : ''}`;
  const message = `model.output margin needs a task with two classes and one answer, got ${got} in task ${task}`;
  return {
    issue: configIssue({
      path: ['model', 'output'],
      message,
      got: 'margin',
      suggestion: 'write output: logits',
    }),
    others: [['task']],
  };
}

function stdNeedsNormal({ model: { init } }: Experiment): BrokenRule | null {
  if (init.std === null || init.type === 'normal') return null;
  const message = `model.init.std belongs to type normal, got type ${init.type} with std ${init.std}`;
  const suggestion = 'write type: normal, or leave std out';
  return {
    issue: configIssue({ path: ['model', 'init', 'std'], message, got: String(init.std), suggestion }),
    others: [['model', 'init', 'type']],
  };
}

function nesterovNeedsMomentum({ train }: Experiment): BrokenRule | null {
  if (train.optimizer !== 'sgd' || !train.nesterov || train.momentum > 0) return null;
  const message = 'train.nesterov needs a momentum above 0, got 0';
  const suggestion = 'for example momentum: 0.9';
  return {
    issue: configIssue({ path: ['train', 'nesterov'], message, got: 'true', suggestion }),
    others: [['train', 'momentum']],
  };
}

function activationsExist({ spectral: { of }, model }: Experiment): BrokenRule | null {
  const words = typeof of === 'string' ? [of] : of;
  const place = words.findIndex((word) => word !== 'logits' && activationNamed(word, model) === undefined);
  if (place < 0) return null;
  const word = words[place] as string;
  const names = ['logits', 'hidden', ...activationNames(model)];
  const meant = nearest(word, names);
  return {
    issue: configIssue({
      path: ['spectral', 'of', ...(typeof of === 'string' ? [] : [place])],
      message: `spectral.of names ${word}, which model type ${model.type} does not have`,
      expected: 'logits or an activation of the model',
      got: word,
      suggestion: meant === null ? `it has ${names.join(', ')}` : `did you mean ${meant}?`,
    }),
    others: [['model', 'type']],
  };
}

/** An action is drawn by cumulative probabilities, a product with classes² numbers. */
const MOST_ACTIONS = 1024;

function actionsAreFew(experiment: Experiment): BrokenRule | null {
  const { classes } = taskShape(experiment);
  if (experiment.train.objective !== 'reinforce' || classes <= MOST_ACTIONS) return null;
  const message = `train.objective reinforce draws from at most ${MOST_ACTIONS} answers, got ${classes} classes`;
  return {
    issue: configIssue({ path: ['train', 'objective'], message, got: 'reinforce' }),
    others: [['dataset', settingsOf(experiment.task).sizeKey]],
  };
}

function lowBandIsPossible({ spectral: { mode, value } }: Experiment): BrokenRule | null {
  const expected = {
    fraction: value <= 1 ? null : 'a share of at most 1',
    count: Number.isInteger(value) ? null : 'a whole number of modes',
    cutoff: value <= 2 ? null : 'an eigenvalue of at most 2',
  }[mode];
  if (expected === null) return null;
  const message = `spectral.value must be ${expected} in mode ${mode}, got ${value}`;
  return {
    issue: configIssue({ path: ['spectral', 'value'], message, expected, got: String(value) }),
    others: [['spectral', 'mode']],
  };
}
