/** Values of options: words from the command line to numbers and names, refused in one sentence. */

import { UsageError } from './failure.ts';

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Parser of an option that takes a whole number. */
export function wholeNumber(
  option: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  return (text) => {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    const range = most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `of at least ${least}`;
    throw new UsageError(`${option} needs a whole number ${range}, got ${shown(text)}`);
  };
}

/** Parser of an option that takes an accuracy as a threshold: above 0, at most 1. */
export function threshold(option: string): (text: string) => number {
  return (text) => {
    const value = decimal.test(text) ? Number(text) : Number.NaN;
    if (value > 0 && value <= 1) return value;
    const percent = value > 1 && value <= 100 ? `; did you mean ${value / 100}?` : '';
    throw new UsageError(`${option} needs a fraction above 0 and at most 1, got ${shown(text)}${percent}`);
  };
}

/** Parser of an option that takes a number above 0. */
export function positive(option: string): (text: string) => number {
  return (text) => {
    const value = decimal.test(text) ? Number(text) : Number.NaN;
    if (value > 0 && Number.isFinite(value)) return value;
    throw new UsageError(`${option} needs a number above 0, got ${shown(text)}`);
  };
}

/** Parser of an option that takes a number of at least `least`. */
export function numberFrom(option: string, least: number): (text: string) => number {
  return (text) => {
    const value = decimal.test(text) ? Number(text) : Number.NaN;
    if (value >= least && Number.isFinite(value)) return value;
    throw new UsageError(`${option} needs a number of at least ${least}, got ${shown(text)}`);
  };
}

/** Parser of an option that takes weight decays λ ≥ 0, comma-separated, each once. */
export function decays(option: string): (text: string) => number[] {
  return (text) => {
    const words = text.split(',').map((word) => word.trim());
    const values = words.map((word) => (decimal.test(word) ? Number(word) : Number.NaN));
    const wrong = values.findIndex((value) => !(value >= 0 && Number.isFinite(value)));
    if (wrong >= 0) {
      const why = values[wrong] < 0 ? ': a negative one would let the weights grow without bound' : '';
      throw new UsageError(
        `${option} needs numbers of at least 0, comma-separated, got ${shown(words[wrong])}${why}`,
      );
    }
    return [...new Set(values)];
  };
}

/** Parser of an option that takes one of a few words. */
export function oneOf<Word extends string>(option: string, words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const found = words.find((word) => word === text);
    if (found !== undefined) return found;
    throw new UsageError(`${option} needs ${words.join(' or ')}, got ${shown(text)}`);
  };
}

/** Parser of an option that takes a path. */
export function path(option: string): (text: string) => string {
  return (text) => {
    if (text !== '') return text;
    throw new UsageError(`${option} needs a path, got nothing`);
  };
}

/** Parser of an option that takes the name or address of a machine. */
export function hostName(option: string): (text: string) => string {
  return (text) => {
    if (/^[\w.:-]+$/.test(text)) return text;
    throw new UsageError(`${option} needs a name or address such as 127.0.0.1, got ${shown(text)}`);
  };
}

function shown(text: string): string {
  return text === '' ? 'nothing' : text;
}
