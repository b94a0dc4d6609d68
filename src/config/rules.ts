/** Rules between keys that a schema cannot say. Each names the keys at fault, the likeliest first. */
import { activationNamed, activationNames } from './activations.ts';
import { type ConfigIssue, configIssue, type Path } from './error.ts';
import type { Experiment } from './experiment.ts';
import { pairCount, splitSizes } from './pairs.ts';
import { isPrime, neighbouringPrimes, smallestFactor } from './primes.ts';
import { nearest } from './suggest.ts';

export interface BrokenRule {
  issue: ConfigIssue;
  /** Other keys that take part in the rule: the place is the first that the user has written. */
  others: readonly Path[];
}

/** Every broken rule of a resolved experiment. */
export function brokenRules(experiment: Experiment): BrokenRule[] {
  const rules = [divisionNeedsPrime, splitIsNotEmpty, modelIsPossible, stdNeedsNormal, nesterovNeedsMomentum];
  return [...rules, lowBandIsPossible, activationsExist]
    .map((rule) => rule(experiment))
    .filter((broken) => broken !== null);
}

function divisionNeedsPrime({ dataset: { op, N } }: Experiment): BrokenRule | null {
  if (op !== 'div' || isPrime(N)) return null;
  const factor = smallestFactor(N);
  return {
    issue: configIssue({
      path: ['dataset', 'N'],
      message: `dataset.N must be prime for op div, which needs an inverse for every b ≠ 0, got ${N} = ${factor}·${N / factor}`,
      expected: 'a prime',
      got: String(N),
      suggestion: `the nearest primes are ${neighbouringPrimes(N).join(' and ')}`,
    }),
    others: [['dataset', 'op']],
  };
}

function splitIsNotEmpty({ dataset }: Experiment): BrokenRule | null {
  const sizes = splitSizes(dataset);
  if (sizes.train > 0 && sizes.heldOut > 0) return null;
  const { train_fraction, val_fraction } = dataset;
  const total = pairCount(dataset);
  const allValidation = sizes.train === 0 && sizes.validation > 1;
  const path = ['dataset', allValidation ? 'val_fraction' : 'train_fraction'];
  const part = sizes.train === 0 ? 'train' : 'held-out';
  const direction = sizes.train === 0 && !allValidation ? 'larger' : 'smaller';
  const got = String(allValidation ? val_fraction : train_fraction);
  return {
    issue: configIssue({
      path,
      message: `${path.join('.')} ${got} leaves no ${part} example out of ${total} pairs (${sizes.train} train, ${sizes.validation} validation, ${sizes.heldOut} held out)`,
      expected: 'at least one train and one held-out example',
      got,
      suggestion: `choose a ${direction} ${path[1]}${total < 25 ? ' or a larger N' : ''}`,
    }),
    others: ['train_fraction', 'N', 'val_fraction', 'split'].map((key) => ['dataset', key]),
  };
}

function modelIsPossible({ model, dataset }: Experiment): BrokenRule | null {
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
  const given = `${model.activation}, ${model.input}, ${dataset.op}`;
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
