/** The JSON Schema (draft 7) of a trial's file, for editors; the reader takes the keys it knows from here. */

import { type ExperimentJsonSchema, jsonSchema } from '../config/json-schema.ts';
import { comparisonTests } from './trial.ts';

export const splits = ['train', 'val', 'test'] as const;
export const milestones = ['memorized', 'grokked', 'first_crossing'] as const;
export const moments = ['first', 'last', 'memorized', 'grokked'] as const;

/** The part of JSON Schema that trials make use of. */
export interface TrialSchemaNode {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, TrialSchemaNode | ExperimentJsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | TrialSchemaNode;
  readonly items?: TrialSchemaNode;
  readonly minItems?: number;
  readonly minProperties?: number;
  readonly anyOf?: readonly (TrialSchemaNode | ExperimentJsonSchema)[];
}

/** A mapping of known keys. */
interface Section extends TrialSchemaNode {
  readonly properties: NonNullable<TrialSchemaNode['properties']>;
}

/** The keys of a section, in their order. */
export function keysOf({ properties }: Section): string[] {
  return Object.keys(properties);
}

function section(
  description: string,
  required: readonly string[],
  properties: Section['properties'],
): Section {
  return { type: 'object', description, properties, required, additionalProperties: false };
}

function named(description: string, each: TrialSchemaNode, least: number): TrialSchemaNode {
  return { type: 'object', description, additionalProperties: each, minProperties: least };
}

const settings: TrialSchemaNode = {
  type: 'object',
  description: 'Keys of the experiment and their values; `train.lr: 1` and `train: {lr: 1}` are the same.',
};
const column: TrialSchemaNode = {
  type: 'string',
  description: 'A column of metrics.csv, such as loss, accuracy, weight_norm or one of a measure.',
};
const split: TrialSchemaNode = {
  enum: splits,
  default: 'train',
  description: 'The split whose rows are read. Default train: measures stand in the rows of every split.',
};

export const eventOfColumn = section('An event of a column: reaches, falls_to or share.', ['column'], {
  column,
  split,
  reaches: { type: 'number', description: 'The first evaluation at or above this value.' },
  falls_to: { type: 'number', description: 'The first evaluation at or below this value.' },
  share: {
    type: 'number',
    exclusiveMinimum: 0,
    maximum: 1,
    description: 'The first evaluation that has gone this share of the way from the first value to the last.',
  },
  patience: {
    type: 'integer',
    minimum: 1,
    default: 1,
    description: 'Evaluations running for which it must hold. Default 1.',
  },
});

function event(description: string): TrialSchemaNode {
  return { description, anyOf: [{ enum: milestones }, eventOfColumn] };
}

function moment(description: string): TrialSchemaNode {
  return { description, anyOf: [{ enum: moments }, { type: 'integer', minimum: 0 }] };
}

/** The kinds of endpoints, by the key that tells them apart. */
export const endpointSchemas = {
  time: section('Steps until an event, censored where it does not happen.', ['time'], {
    time: event('What is waited for: a milestone of the run, or an event of a column.'),
    after: event('From when on. Default: step 0.'),
  }),
  lead: section('By how many steps one event comes before another; positive: earlier.', ['lead', 'over'], {
    lead: event('The event that may come first.'),
    over: event('The event it may come before.'),
  }),
  value: section('A column at a moment.', ['value', 'at'], {
    value: column,
    at: moment('The evaluation at or last before it.'),
    split,
  }),
  change: section('The difference of a column between two moments.', ['change', 'from', 'to'], {
    change: column,
    from: moment('The earlier moment.'),
    to: moment('The later moment.'),
    split,
  }),
} as const;

export const comparisonSchema = section(
  'A prediction of the claim, over pairs of runs with the same seed.',
  ['endpoint', 'arm', 'against', 'expect', 'by'],
  {
    endpoint: { type: 'string', description: 'What is compared.' },
    arm: { type: 'string', description: 'Of which arm.' },
    against: {
      description: 'The other side: an arm, {endpoint: name} of the same arm, or a number.',
      anyOf: [
        { type: 'string' },
        { type: 'number' },
        section('Another endpoint of the same arm.', ['endpoint'], { endpoint: { type: 'string' } }),
      ],
    },
    expect: { enum: ['smaller', 'larger', 'same'], description: 'What the claim predicts of the arm.' },
    by: {
      type: 'number',
      exclusiveMinimum: 0,
      description:
        'The minimal interesting effect. Times: a ratio of restricted means; others: a difference.',
    },
    test: {
      enum: comparisonTests,
      description: 'Default restricted_mean for times, wilcoxon for everything else; log_rank is for times.',
    },
  },
);

export const ruleSchema = section('Fixed before the first run.', ['comparisons'], {
  level: {
    type: 'number',
    exclusiveMinimum: 0,
    maximum: 0.5,
    default: 0.05,
    description: 'Bound on the chance of a false verdict over all comparisons together. Default 0.05.',
  },
  supported_when: {
    enum: ['all', 'any'],
    default: 'all',
    description: 'Whether the claim needs all comparisons supported, or one. Default all.',
  },
  comparisons: named('Predictions by name.', comparisonSchema, 1),
});

/** An arm with words or an experiment of its own. */
export const longArm = section('An arm with words or an experiment of its own.', [], {
  about: { type: 'string', description: 'What it is, in a few words. Default: its settings.' },
  experiment: { description: 'Instead of that of the trial: a path, a preset, or the experiment itself.' },
  settings,
});

/** A whole file; `experiment` may be anything that stands for one. */
export const trialFile = section(
  'A trial of an explanation, judged by a rule fixed before its first run.',
  ['question', 'claim', 'seeds', 'arms', 'endpoints', 'rule'],
  {
    question: { type: 'string', description: 'What is asked, as a sentence.' },
    claim: { type: 'string', description: 'What the field says, as a sentence.' },
    source: { type: 'string', default: '', description: 'Who says it: authors, year, arXiv id.' },
    limits: {
      description: 'Sentences about what the runs cannot show.',
      anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
    },
    experiment: {
      description: "A path from the trial's file, the name of a preset, or the experiment itself.",
      anyOf: [{ type: 'string' }, { type: 'object' }],
    },
    settings,
    seeds: {
      description: 'How many (20 is 0 to 19), or a list. Runs of one seed are a pair over all arms.',
      anyOf: [
        { type: 'integer', minimum: 2, maximum: 10_000 },
        { type: 'array', items: { type: 'integer', minimum: 0, maximum: 0xffffffff }, minItems: 2 },
      ],
    },
    arms: named(
      'What differs, by the name of the arm; {} changes nothing.',
      { anyOf: [longArm, settings] },
      2,
    ),
    endpoints: named('What is read off each run, by name.', { anyOf: Object.values(endpointSchemas) }, 1),
    rule: ruleSchema,
  },
);

/** What `grokscope schema trial` prints: with the schema of the experiment in its place. */
export function trialSchema(): Section & { readonly $schema: string; readonly $id: string } {
  const { $schema, $id: _, ...inPlace } = jsonSchema();
  const { properties } = trialFile;
  const experiment = { ...properties.experiment, anyOf: [{ type: 'string' }, inPlace] } as TrialSchemaNode;
  return { $schema, $id: 'urn:grokscope:trial', ...trialFile, properties: { ...properties, experiment } };
}
