/** Reads the YAML file of a trial; everything that is wrong with it is said at once, each in its place. */

import { namePattern } from '../config/experiment.ts';
import { readText } from '../config/load.ts';
import { gotText } from '../config/words.ts';
import { readArms } from './file/arms.ts';
import { trialName } from './file/base-experiment.ts';
import { readEndpoints } from './file/endpoints.ts';
import { checkFitness } from './file/fitness.ts';
import { Reading } from './file/reading.ts';
import { readRule } from './file/rule.ts';
import type { Trial } from './trial.ts';
import { keysOf, trialFile } from './trial-schema.ts';

const MOST_SEEDS = 10_000;
const LARGEST_SEED = 0xffffffff;

/**
 * Reads a trial.
 * @param path of its file, by which its `experiment` is found and the trial is named
 * @throws ConfigError with every issue, each with its line and column
 */
export function readTrial(path: string): Trial {
  return parseTrial(readText(path, 'docs/trials.md shows how to write a trial'), path);
}

/** The same for a text that is read already. */
export function parseTrial(text: string, path: string): Trial {
  const reading = new Reading(text, path);
  const written = reading.source.value;
  reading.onlyKeys([], written as Record<string, unknown>, keysOf(trialFile), 'a trial');
  const question = reading.words(['question']);
  const claim = reading.words(['claim']);
  const source = reading.words(['source'], '');
  const limits = limitsOf(reading);
  const seeds = seedsOf(reading);
  const name = trialName(path);
  if (!namePattern.test(name))
    reading.refuse([], `the file's name gives the trial its name, and ${gotText(name)} can name no folder`);
  const arms = readArms(reading, name, seeds[0] ?? 0);
  const endpoints = readEndpoints(reading);
  const rule = readRule(reading, { arms: Object.keys(armNames(reading)), endpoints });
  if (rule !== undefined) checkFitness(reading, arms, endpoints, rule);
  reading.finish();
  if (question === undefined || claim === undefined || source === undefined || rule === undefined)
    throw new Error('internal: a trial was refused without a reason');
  const known = arms.map(({ sample: _, ...arm }) => arm);
  return { name, question, claim, source, limits, seeds, arms: known, endpoints, rule };
}

/** All arms that are written, refused or not: a comparison with a refused one is not wrong itself. */
function armNames(reading: Reading): object {
  const arms = reading.value(['arms']);
  return typeof arms === 'object' && arms !== null ? arms : {};
}

function limitsOf(reading: Reading): string[] {
  const value = reading.value(['limits']);
  if (value === undefined) return [];
  if (typeof value === 'string' && value.trim() !== '') return [value.trim()];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  reading.refuse(['limits'], `limits must be a list of sentences, got ${gotText(value)}`);
  return [];
}

/** `20` is 0 to 19; ascending. */
function seedsOf(reading: Reading): number[] {
  const value = reading.value(['seeds']);
  const whole = (one: unknown): one is number =>
    typeof one === 'number' && Number.isSafeInteger(one) && one >= 0 && one <= LARGEST_SEED;
  if (whole(value) && value >= 2 && value <= MOST_SEEDS)
    return Array.from({ length: value }, (_, seed) => seed);
  if (Array.isArray(value) && value.length >= 2 && value.every(whole)) {
    const repeated = value.find((seed, index) => value.indexOf(seed) !== index);
    if (repeated === undefined) return value.toSorted((a, b) => a - b);
    reading.refuse(['seeds', value.lastIndexOf(repeated)], `seed ${repeated} is given twice`);
    return [];
  }
  const expected = `how many from 2 to ${MOST_SEEDS} (20 is 0 to 19), or a list of at least two seeds from 0 to ${LARGEST_SEED}`;
  const got = value === undefined ? 'seeds is missing: it must be' : 'seeds must be';
  const came = value === undefined ? '' : `, got ${gotText(value)}`;
  reading.refuse(['seeds'], `${got} ${expected}${came}`);
  return [];
}
