/**
 * Saved trainings in the browser's IndexedDB: a head and a state for each, and by their place in the run its evaluations and
 * moments, so that a save writes only what is new. Since the same settings give the same bits, two pages that train the same run write the
 * same evaluations; whichever head is written last is right.
 */

import type { TrainerState } from 'grokscope';
import type { Moment } from '../run/moment.ts';
import { goneFor, type Occupant } from './room.ts';
import type {
  SavedEvaluation,
  SavedHead,
  SavedOutline,
  SavedStep,
  SavedTraining,
  TrainingStore,
} from './saved-training.ts';

const DATABASE = 'grokscope-lab';
/** Of the form of what is saved: a higher one drops what was saved in another form. */
const FORM = 2;
/** Ms after which the database counts as held by another page. */
const PATIENCE = 5000;
const stores = ['heads', 'states', 'evaluations', 'moments'] as const;

/** What is read of every training to see which are there: all but what is large. */
type StoredHead = Omit<SavedHead, 'state'> & { readonly step: number };

export class IndexedTrainings implements TrainingStore {
  #database: Promise<IDBDatabase> | undefined;

  async save(key: string, { head, evaluations, moments, dropped, isNew }: SavedStep): Promise<void> {
    const database = await this.#open();
    const others = isNew ? goneFor({ key, family: head.family }, await this.#occupants(database)) : [];
    const transaction = database.transaction(stores, 'readwrite');
    for (const gone of isNew ? [key, ...others] : []) forgetIn(transaction, gone);
    const { state, ...small } = head;
    transaction.objectStore('heads').put({ ...small, step: state.step } satisfies StoredHead, key);
    transaction.objectStore('states').put(state, key);
    for (const [place, evaluation] of evaluations)
      transaction.objectStore('evaluations').put(evaluation, [key, place]);
    for (const place of dropped) transaction.objectStore('moments').delete([key, place]);
    for (const [place, moment] of moments) transaction.objectStore('moments').put(moment, [key, place]);
    await done(transaction);
  }

  async load(key: string): Promise<SavedTraining | undefined> {
    const database = await this.#open();
    const transaction = database.transaction(stores, 'readonly');
    const [head, state, evaluations, numbers, moments, places] = await Promise.all([
      answer<StoredHead | undefined>(transaction.objectStore('heads').get(key)),
      answer<TrainerState | undefined>(transaction.objectStore('states').get(key)),
      answer<SavedEvaluation[]>(transaction.objectStore('evaluations').getAll(all(key))),
      answer<IDBValidKey[]>(transaction.objectStore('evaluations').getAllKeys(all(key))),
      answer<Moment[]>(transaction.objectStore('moments').getAll(all(key))),
      answer<IDBValidKey[]>(transaction.objectStore('moments').getAllKeys(all(key))),
    ]);
    if (head === undefined || state === undefined || evaluations.length < head.evaluations) return undefined;
    // Pages that began the same run anew, one after the other, may have left a gap among what others wrote.
    const isWhole = (numbers as [string, number][]).every(
      ([, place], i) => place === i || i >= head.evaluations,
    );
    if (!isWhole) return undefined;
    const momentAt = new Map(
      places.map((place, i) => [(place as [string, number])[1], moments[i] as Moment]),
    );
    const history = evaluations.slice(0, head.evaluations).map((evaluation, place) => {
      const moment = momentAt.get(place);
      return moment === undefined ? evaluation : { ...evaluation, moment };
    });
    return { ...head, state, history };
  }

  async outline(key: string): Promise<SavedOutline | undefined> {
    const transaction = (await this.#open()).transaction('heads', 'readonly');
    const head = await answer<StoredHead | undefined>(transaction.objectStore('heads').get(key));
    if (head === undefined) return undefined;
    const { numericVersion, step, finished } = head;
    return { numericVersion, step, isFinished: finished !== undefined };
  }

  async forget(key: string): Promise<void> {
    const transaction = (await this.#open()).transaction(stores, 'readwrite');
    forgetIn(transaction, key);
    await done(transaction);
  }

  #open(): Promise<IDBDatabase> {
    this.#database ??= openDatabase(() => {
      this.#database = undefined;
    });
    return this.#database;
  }

  async #occupants(database: IDBDatabase): Promise<Occupant[]> {
    const heads = database.transaction('heads', 'readonly').objectStore('heads');
    const [keys, values] = await Promise.all([
      answer<IDBValidKey[]>(heads.getAllKeys()),
      answer<StoredHead[]>(heads.getAll()),
    ]);
    return values.map(({ family, savedAt }, i) => ({ key: String(keys[i]), family, savedAt }));
  }
}

/**
 * @param closed called when it is to be asked for again: after another page let it go, or when the connection was closed from
 * elsewhere, by a newer page or with the data of the site
 */
async function openDatabase(closed: () => void): Promise<IDBDatabase> {
  if (globalThis.indexedDB === undefined) throw new Error('it has no storage for pages');
  const request = indexedDB.open(DATABASE, FORM);
  let isHeld = false;
  request.addEventListener('upgradeneeded', () => {
    const database = request.result;
    for (const name of [...database.objectStoreNames]) database.deleteObjectStore(name);
    for (const name of stores) database.createObjectStore(name);
  });
  request.addEventListener('success', () => {
    const close = () => {
      request.result.close();
      closed();
    };
    // A newer page wants another form: it is not held up.
    request.result.addEventListener('versionchange', close);
    request.result.addEventListener('close', closed);
    if (isHeld) close();
  });
  const held = new Promise<never>((_, failed) => {
    const fail = () => {
      isHeld = true;
      failed(new Error('another page of the lab holds what was saved'));
    };
    request.addEventListener('blocked', fail);
    // Whoever asks while somebody else is blocked is told nothing at all.
    const timer = setTimeout(fail, PATIENCE);
    for (const end of ['success', 'error']) request.addEventListener(end, () => clearTimeout(timer));
  });
  return Promise.race([answer(request), held]);
}

/** Every place of one training: arrays sort behind all numbers. */
function all(key: string): IDBKeyRange {
  return IDBKeyRange.bound([key, 0], [key, []]);
}

function forgetIn(transaction: IDBTransaction, key: string): void {
  transaction.objectStore('heads').delete(key);
  transaction.objectStore('states').delete(key);
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
