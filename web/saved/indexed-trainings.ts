/**
 * Saved trainings in the browser's IndexedDB: a head for each, and by their place in the run its evaluations and moments, so
 * that a save writes only what is new. Since the same settings give the same bits, two pages that train the same run write the
 * same evaluations; whichever head is written last is right.
 */

import type { Moment } from '../run/moment.ts';
import type {
  SavedEvaluation,
  SavedHead,
  SavedStep,
  SavedTraining,
  TrainingStore,
} from './saved-training.ts';

const DATABASE = 'grokscope-lab';
/** Of the form of what is saved: a higher one drops what was saved in another form. */
const FORM = 1;
const stores = ['heads', 'evaluations', 'moments'] as const;

/** Trainings kept; the oldest goes. */
const MOST_TRAININGS = 4;

export class IndexedTrainings implements TrainingStore {
  #database: Promise<IDBDatabase> | undefined;

  async save(key: string, { head, evaluations, moments, dropped, isNew }: SavedStep): Promise<void> {
    const database = await this.#open();
    const others = isNew ? await this.#oldest(database, key) : [];
    const transaction = database.transaction(stores, 'readwrite');
    for (const gone of isNew ? [key, ...others] : []) forgetIn(transaction, gone);
    transaction.objectStore('heads').put(head, key);
    for (const [place, evaluation] of evaluations)
      transaction.objectStore('evaluations').put(evaluation, [key, place]);
    for (const place of dropped) transaction.objectStore('moments').delete([key, place]);
    for (const [place, moment] of moments) transaction.objectStore('moments').put(moment, [key, place]);
    await done(transaction);
  }

  async load(key: string): Promise<SavedTraining | undefined> {
    const database = await this.#open();
    const transaction = database.transaction(stores, 'readonly');
    const [head, evaluations, moments, places] = await Promise.all([
      answer<SavedHead | undefined>(transaction.objectStore('heads').get(key)),
      answer<SavedEvaluation[]>(transaction.objectStore('evaluations').getAll(all(key))),
      answer<Moment[]>(transaction.objectStore('moments').getAll(all(key))),
      answer<IDBValidKey[]>(transaction.objectStore('moments').getAllKeys(all(key))),
    ]);
    if (head === undefined || evaluations.length < head.evaluations) return undefined;
    const momentAt = new Map(
      places.map((place, i) => [(place as [string, number])[1], moments[i] as Moment]),
    );
    const history = evaluations.slice(0, head.evaluations).map((evaluation, place) => {
      const moment = momentAt.get(place);
      return moment === undefined ? evaluation : { ...evaluation, moment };
    });
    return { ...head, history };
  }

  async forget(key: string): Promise<void> {
    const transaction = (await this.#open()).transaction(stores, 'readwrite');
    forgetIn(transaction, key);
    await done(transaction);
  }

  #open(): Promise<IDBDatabase> {
    this.#database ??= openDatabase();
    return this.#database;
  }

  /** Those that have to go when one is added. */
  async #oldest(database: IDBDatabase, key: string): Promise<string[]> {
    const heads = database.transaction('heads', 'readonly').objectStore('heads');
    const [keys, values] = await Promise.all([
      answer<IDBValidKey[]>(heads.getAllKeys()),
      answer<SavedHead[]>(heads.getAll()),
    ]);
    return keys
      .map((name, i) => ({ name: String(name), savedAt: values[i]?.savedAt ?? 0 }))
      .filter(({ name }) => name !== key)
      .sort((a, b) => b.savedAt - a.savedAt)
      .slice(MOST_TRAININGS - 1)
      .map(({ name }) => name);
  }
}

function openDatabase(): Promise<IDBDatabase> {
  if (globalThis.indexedDB === undefined) throw new Error('it has no storage for pages');
  const request = indexedDB.open(DATABASE, FORM);
  request.addEventListener('upgradeneeded', () => {
    const database = request.result;
    for (const name of [...database.objectStoreNames]) database.deleteObjectStore(name);
    for (const name of stores) database.createObjectStore(name);
  });
  request.addEventListener('success', () => {
    // A newer page wants another form: it is not held up.
    request.result.addEventListener('versionchange', () => request.result.close());
  });
  const blocked = new Promise<never>((_, failed) => {
    request.addEventListener('blocked', () =>
      failed(new Error('another page of the lab holds what was saved')),
    );
  });
  return Promise.race([answer(request), blocked]);
}

/** Every place of one training: arrays sort behind all numbers. */
function all(key: string): IDBKeyRange {
  return IDBKeyRange.bound([key, 0], [key, []]);
}

function forgetIn(transaction: IDBTransaction, key: string): void {
  transaction.objectStore('heads').delete(key);
  transaction.objectStore('evaluations').delete(all(key));
  transaction.objectStore('moments').delete(all(key));
}

function answer<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((given, failed) => {
    request.addEventListener('success', () => given(request.result));
    request.addEventListener('error', () => failed(request.error));
  });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((kept, failed) => {
    transaction.addEventListener('complete', () => kept());
    transaction.addEventListener('abort', () => failed(transaction.error ?? new Error('not saved')));
  });
}
