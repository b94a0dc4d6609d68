/** The arms of a trial: each is resolved by the config room, and one that cannot be built says why, and where that stands. */

import { ConfigError, type ConfigIssue, type Path } from '../../config/error.ts';
import type { Experiment } from '../../config/index.ts';
import { resolveExperiment } from '../../config/parse.ts';
import { armSlugs, seedFolder } from '../run-folders.ts';
import type { Arm } from '../trial.ts';
import { keysOf, longArm } from '../trial-schema.ts';
import { type BaseExperiment, baseExperiment } from './base-experiment.ts';
import { isMapping, type Mapping, type Reading } from './reading.ts';
import { type Setting, settingsIn, settingsText } from './settings.ts';

/** An arm, and its experiment for the first seed, by which the rest of the file is checked. */
export interface ReadArm extends Arm {
  readonly sample: Experiment;
}

const longKeys = keysOf(longArm);

/** What a trial varies itself: runs of one seed are a pair. */
const pairedKeys = ['seed', 'dataset.seed'];

/** The arms in the order of the file; those that were refused are left out. */
export function readArms(reading: Reading, trial: string, firstSeed: number): ReadArm[] {
  const arms = reading.mapping(['arms'], 'a mapping of the names of arms to their settings');
  if (arms === undefined) return [];
  const names = inOrderOfTheFile(reading, Object.keys(arms));
  if (names.length < 2) {
    const message = `a trial compares arms, and this one has ${names.length === 0 ? 'none' : `only one, ${names[0]}`}`;
    const suggestion = 'add an arm to compare it with, such as `control: {}`';
    reading.refuse(['arms'], message, { at: 'key', suggestion });
  }
  const shared = sharedSettings(reading);
  const slugs = armSlugs(names);
  return names.flatMap((name) => {
    const path = ['arms', name];
    if (name.trim() === '') return reading.refuse(path, 'an arm needs a name', { at: 'key' }) ?? [];
    const parts = partsOf(reading, path);
    if (parts === undefined) return [];
    const base = baseExperiment(reading, parts.experiment);
    if (base === undefined) return [];
    const settings = [...shared, ...parts.settings];
    const folder = slugs.get(name);
    const experiment = (seed: number) => {
      const named = `${trial}-${folder}-${seedFolder(seed)}`.slice(-100);
      return resolved(reading, { name, path: parts.experiment }, base, settings, seed, named);
    };
    const sample = experiment(firstSeed);
    if (sample === undefined) return [];
    return [
      {
        name,
        about: parts.about ?? settingsText(parts.settings),
        sample,
        experiment: always(experiment, reading),
      },
    ];
  });
}

/** Digits come first in an object of JavaScript whatever the file says. */
function inOrderOfTheFile(reading: Reading, names: readonly string[]): string[] {
  const place = (name: string) => reading.source.locate(['arms', name], 'key') ?? { line: 0, column: 0 };
  return names.toSorted((a, b) => place(a).line - place(b).line || place(a).column - place(b).column);
}

function sharedSettings(reading: Reading): Setting[] {
  if (reading.value(['settings']) === undefined) return [];
  const settings = reading.mapping(['settings'], 'a mapping of keys of the experiment to values');
  return settings === undefined
    ? []
    : paired(reading, settingsIn(settings, ['settings']), 'the section settings');
}

interface Parts {
  readonly about: string | undefined;
  readonly experiment: Path;
  readonly settings: readonly Setting[];
}

function partsOf(reading: Reading, path: Path): Parts | undefined {
  const arm = reading.mapping(path, 'a mapping of settings; {} changes nothing');
  if (arm === undefined) return undefined;
  const name = String(path.at(-1));
  if (!longKeys.some((key) => Object.hasOwn(arm, key))) {
    const settings = paired(reading, settingsIn(arm, path), `arm ${name}`);
    return { about: undefined, experiment: ['experiment'], settings };
  }
  if (!reading.onlyKeys(path, arm, longKeys, `arm ${name}, whose settings stand under settings`))
    return undefined;
  const about = arm.about === undefined ? undefined : reading.words([...path, 'about']);
  const at = [...path, 'settings'];
  const written =
    arm.settings === undefined ? {} : reading.mapping(at, 'a mapping of keys of the experiment to values');
  const settings = paired(reading, settingsIn((written ?? {}) as Mapping, at), `arm ${name}`);
  const own = isMapping(arm.experiment) || arm.experiment !== undefined;
  return { about, experiment: own ? [...path, 'experiment'] : ['experiment'], settings };
}

function paired(reading: Reading, settings: readonly Setting[], owner: string): Setting[] {
  return settings.filter(({ path, at }) => {
    const key = path.join('.');
    if (!pairedKeys.includes(key)) return true;
    const message = `${owner} sets ${key}, so that its runs would not be paired: the trial itself gives every arm the same seeds`;
    reading.refuse(at, message, {
      at: 'key',
      suggestion: 'leave it out, and say under seeds which seeds are run',
    });
    return false;
  });
}

/** The experiment of one seed; undefined after a refusal. */
function resolved(
  reading: Reading,
  arm: { name: string; path: Path },
  base: BaseExperiment,
  settings: readonly Setting[],
  seed: number,
  name: string,
): Experiment | undefined {
  const ofSeed = [
    { path: ['seed'], value: seed, text: 'seed' },
    { path: ['dataset', 'seed'], value: seed, text: 'dataset.seed' },
    { path: ['name'], value: name, text: 'name' },
  ];
  try {
    return resolveExperiment({ ...base, overrides: [...settings, ...ofSeed] }).experiment;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const issue of error.issues) refuseArm(reading, arm, base, settings, issue);
    return undefined;
  }
}

/** In the trial's file a fault stands where it was set, or where the file that holds it is named. */
function refuseArm(
  reading: Reading,
  arm: { name: string; path: Path },
  base: BaseExperiment,
  settings: readonly Setting[],
  issue: ConfigIssue,
): void {
  const { suggestion } = issue;
  const message = `arm ${arm.name} cannot be built: ${issue.message}`;
  const setting = settings.findLast(({ text }) => text === issue.override);
  if (setting !== undefined) {
    const at = /is not a (key of|top-level key)/.test(issue.message) ? 'key' : 'value';
    const place = [...setting.at, ...issue.path.slice(setting.path.length)];
    reading.refuse(place, message, { at, suggestion });
  } else if (base.file === reading.file) {
    reading.refuse([...arm.path, ...issue.path], message, { suggestion });
  } else {
    const place = issue.line === null ? base.file : `${base.file}:${issue.line}:${issue.column}`;
    reading.refuse(arm.path, `${message} (${place})`, { suggestion });
  }
}

/** What was resolved for the first seed is for the others too, but for rules that depend on the split's chance. */
function always(
  experiment: (seed: number) => Experiment | undefined,
  reading: Reading,
): (seed: number) => Experiment {
  return (seed) => {
    const found = experiment(seed);
    if (found !== undefined) return found;
    reading.finish();
    throw new Error(`internal: seed ${seed} was refused without a reason`);
  };
}
