/**
 * One table of everything that a link to the lab says, after TensorFlow Playground's: each property knows its name in the
 * address, its default, and how it is written and read. What is at its default is left out.
 */

import { linkedForkForm } from '../forks/linked-fork.ts';

/** What the address holds. */
export interface Address {
  /** Name of a preset. */
  readonly preset: string;
  /** Settings put over the preset, `section.key=value`. */
  readonly set: readonly string[];
  /** A run of the served folder, instead of one trained here. */
  readonly run: string | undefined;
  /** Runs of the served folder that are drawn beside it, in the order of their colours. */
  readonly with: readonly string[];
  /** Forks, as forks/linked-fork.ts writes them; they are numbered from 1, the original is 0. */
  readonly fork: readonly string[];
  /** Number of the run that is selected among them. */
  readonly select: number;
  /** Numbers of runs that are not drawn. */
  readonly hide: readonly number[];
  /** Whether the run is to be trained as soon as the page is open. */
  readonly play: boolean;
  /** The step the panels show; undefined: the latest. */
  readonly step: number | undefined;
  /** Steps a second at most. */
  readonly pace: number;
  readonly time: 'linear' | 'log';
  readonly theme: 'auto' | 'light' | 'dark';
  /** Names of panels that are closed, of those that are open unless they are closed. */
  readonly closed: readonly string[];
  /** Names of panels that are open, of those that are closed until they are asked for. */
  readonly open: readonly string[];
  /** The step of the guided tour that is open, from 1. */
  readonly tour: number | undefined;
}

interface Property<Value> {
  readonly fallback: Value;
  /** The texts to stand in the address, one for each occurrence of the name. */
  readonly write: (value: Value) => readonly string[];
  /** undefined where the texts say nothing that can be meant. */
  readonly read: (texts: readonly string[]) => Value | undefined;
  /** What would have been understood. */
  readonly expected: string;
}

function choice<Option extends string>(options: readonly Option[], fallback: Option): Property<Option> {
  return {
    fallback,
    write: (value) => [value],
    read: ([text]) => options.find((option) => option === text),
    expected: `one of ${options.join(', ')}`,
  };
}

const wholeNumber = /^\d{1,10}$/;

/** The paces one may choose; Infinity: as fast as the machine can. */
export const paces = [1, 3, 10, 30, 100, 300, Number.POSITIVE_INFINITY] as const;

const names: Property<readonly string[]> = {
  fallback: [],
  write: (value) => (value.length === 0 ? [] : [value.join(',')]),
  read: ([text = '']) => text.split(',').filter((name) => name !== ''),
  expected: 'names of panels',
};

export const properties: { readonly [Name in keyof Address]: Property<Address[Name]> } = {
  preset: {
    fallback: 'r1',
    write: (value) => [value],
    read: ([text]) => text,
    expected: 'the name of a preset',
  },
  set: {
    fallback: [],
    write: (value) => value,
    read: (texts) => (texts.every((text) => text.indexOf('=') > 0) ? texts : undefined),
    expected: 'section.key=value',
  },
  run: {
    fallback: undefined,
    write: (value) => (value === undefined ? [] : [value]),
    read: ([text]) => text,
    expected: 'the name of a run',
  },
  with: {
    fallback: [],
    write: (value) => value,
    read: (texts) => (texts.every((text) => text !== '') ? [...new Set(texts)] : undefined),
    expected: 'names of runs',
  },
  fork: {
    fallback: [],
    write: (value) => value,
    read: (texts) => texts,
    expected: linkedForkForm,
  },
  select: {
    fallback: 0,
    write: (value) => [String(value)],
    read: ([text = '']) => (wholeNumber.test(text) ? Number(text) : undefined),
    expected: 'the number of a fork',
  },
  hide: {
    fallback: [],
    write: (value) => (value.length === 0 ? [] : [value.join(',')]),
    read: ([text = '']) => {
      const numbers = text.split(',').filter((number) => number !== '');
      return numbers.every((number) => wholeNumber.test(number)) ? numbers.map(Number) : undefined;
    },
    expected: 'numbers of forks',
  },
  play: {
    fallback: false,
    write: (value) => [value ? 'yes' : 'no'],
    read: ([text]) => (text === 'yes' ? true : text === 'no' ? false : undefined),
    expected: 'yes or no',
  },
  step: {
    fallback: undefined,
    write: (value) => (value === undefined ? [] : [String(value)]),
    read: ([text = '']) => (wholeNumber.test(text) ? Number(text) : undefined),
    expected: 'a whole number of steps',
  },
  pace: {
    fallback: Number.POSITIVE_INFINITY,
    write: (value) => [value === Number.POSITIVE_INFINITY ? 'full' : String(value)],
    read: ([text]) =>
      paces.find((pace) => String(pace) === text) ?? (text === 'full' ? Number.POSITIVE_INFINITY : undefined),
    expected: `one of ${paces.filter(Number.isFinite).join(', ')}, full`,
  },
  time: choice(['linear', 'log'], 'linear'),
  theme: choice(['auto', 'light', 'dark'], 'auto'),
  closed: names,
  open: names,
  tour: {
    fallback: undefined,
    write: (value) => (value === undefined ? [] : [String(value)]),
    read: ([text = '']) => (/^[1-8]$/.test(text) ? Number(text) : undefined),
    expected: 'a step from 1 to 8',
  },
};

export const propertyNames = Object.keys(properties) as (keyof Address)[];
