import type { TrainerState } from 'grokscope';
import { expect, test } from 'vitest';
import { KeptMoments } from '../run/kept-moments.ts';
import type { Moment } from '../run/moment.ts';
import { Autosave } from './autosave.ts';
import type {
  SavedEvaluation,
  SavedHead,
  SavedStep,
  SavedTraining,
  TrainingStore,
} from './saved-training.ts';

/** A store in memory that applies saves as the database does. */
class Shelf implements TrainingStore {
  head: SavedHead | undefined;
  readonly evaluations = new Map<number, SavedEvaluation>();
  readonly moments = new Map<number, Moment>();
  saves = 0;
  refusal: Error | undefined;

  async save(_key: string, step: SavedStep): Promise<void> {
    if (this.refusal !== undefined) throw this.refusal;
    this.saves++;
    if (step.isNew) {
      this.evaluations.clear();
      this.moments.clear();
    }
    this.head = step.head;
    for (const [place, evaluation] of step.evaluations) this.evaluations.set(place, evaluation);
    for (const place of step.dropped) this.moments.delete(place);
    for (const [place, moment] of step.moments) this.moments.set(place, moment);
  }

  async load(): Promise<SavedTraining | undefined> {
    if (this.head === undefined) return undefined;
    const history = [...this.evaluations].map(([place, evaluation]) => {
      const moment = this.moments.get(place);
      return moment === undefined ? evaluation : { ...evaluation, moment };
    });
    return { ...this.head, history };
  }

  async outline(): Promise<undefined> {}

  async forget(): Promise<void> {
    this.head = undefined;
  }
}

const milestones = { memorized_step: null, grokked_step: null } as SavedEvaluation['milestones'];

function evaluationAt(step: number): SavedEvaluation {
  return { rows: [{ step, split: 'train', values: { loss: step } }], extra: {}, milestones };
}

const stateAt = (step: number): TrainerState => ({ step, tensors: new Map() });
const turn = () => new Promise((passed) => setTimeout(passed, 0));

/** An evaluation every `ms` on a clock that is moved, with a moment each. */
async function trained(shelf: Shelf, steps: readonly number[], ms: number, restored?: SavedTraining) {
  const time = { now: 0 };
  const told: object[] = [];
  const saving = new Autosave({
    store: shelf,
    saved: { key: 'run', family: 'run' },
    told: (saved) => told.push(saved),
    clock: () => time.now,
    ...(restored && { restored }),
  });
  for (const step of steps) {
    time.now += ms;
    saving.evaluated(evaluationAt(step), { step }, () => stateAt(step));
    await turn();
  }
  return { saving, told };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

test('a save is due once a second, and what lies between is in the next one', async () => {
  const shelf = new Shelf();
  const { saving, told } = await trained(shelf, range(0, 95), 100);
  expect(shelf.saves).toBe(9);
  expect(shelf.evaluations.size).toBe(shelf.head?.evaluations);
  expect(told.at(-1)).toEqual({ step: shelf.head?.state.step });
  await saving.finished(stateAt(94), undefined);
  expect([...shelf.evaluations.keys()]).toEqual(range(0, 95));
});

test('moments that are saved are those that the page keeps, also when the training goes on in another visit', async () => {
  const shelf = new Shelf();
  const first = await trained(shelf, range(0, 300), 50);
  await first.saving.finished(stateAt(299), undefined);
  const second = await trained(shelf, range(300, 950), 50, await shelf.load());
  await second.saving.finished(stateAt(949), undefined);
  const kept = new KeptMoments();
  for (const step of range(0, 950)) kept.add(step, { step });
  expect([...shelf.moments.keys()].sort((a, b) => a - b)).toEqual(kept.all.map(({ step }) => step));
  expect((await shelf.load())?.history.map(({ rows }) => rows[0]?.step)).toEqual(range(0, 950));
});

test('a training that begins at step 0 takes the place of what was saved of it', async () => {
  const shelf = new Shelf();
  await trained(shelf, range(0, 100), 100);
  await trained(shelf, range(0, 12), 100);
  expect(shelf.evaluations.size).toBe(shelf.head?.evaluations);
  expect(shelf.head?.evaluations).toBeLessThanOrEqual(12);
});

test.each([
  ['QuotaExceededError', /no space left/],
  ['VersionError', /a newer version of the lab .* reload the page/],
  ['InvalidStateError', /closed meanwhile/],
  ['SecurityError', /private window/],
])('a browser that refuses with %s is said to in its own words', async (name, words) => {
  const shelf = new Shelf();
  shelf.refusal = new DOMException('', name);
  const { told } = await trained(shelf, range(0, 50), 100);
  expect(told).toEqual([{ refusal: expect.stringMatching(words) }]);
});

test('a browser that refuses is told of once and not asked again', async () => {
  const shelf = new Shelf();
  shelf.refusal = new Error('no');
  const { saving, told } = await trained(shelf, range(0, 50), 100);
  shelf.refusal = undefined;
  await saving.finished(stateAt(49), undefined);
  expect(told).toEqual([{ refusal: 'no' }]);
  expect(shelf.saves).toBe(0);
});

test('a fork is saved where it begins, with everything that it takes over, and needs no other run to go on', async () => {
  const shelf = new Shelf();
  const inherited = range(0, 300).map((step) => ({ ...evaluationAt(step), moment: { step } }));
  const saving = new Autosave({
    store: shelf,
    saved: { key: 'fork', family: 'run' },
    told: () => {},
    inherited,
    clock: () => 0,
  });
  saving.begun(stateAt(299));
  await turn();
  expect(shelf.head).toMatchObject({ family: 'run', evaluations: 300, state: { step: 299 } });
  const history = (await shelf.load())?.history ?? [];
  expect(history.map(({ rows }) => rows[0]?.step)).toEqual(range(0, 300));
  const kept = new KeptMoments();
  for (const step of range(0, 300)) kept.add(step, { step });
  expect(history.flatMap(({ moment }) => moment ?? [])).toEqual(kept.all);
});

test('a save that takes long puts the next one off, though not beyond ten seconds of training', async () => {
  const time = { now: 0 };
  const savedAt: number[] = [];
  class SlowShelf extends Shelf {
    override async save(...step: Parameters<Shelf['save']>) {
      savedAt.push(time.now);
      time.now += 2500;
      await super.save(...step);
    }
  }
  const saving = new Autosave({
    store: new SlowShelf(),
    saved: { key: 'run', family: 'run' },
    told: () => {},
    clock: () => time.now,
  });
  for (const step of range(0, 100)) {
    time.now += 500;
    saving.evaluated(evaluationAt(step), { step }, () => stateAt(step));
    await turn();
  }
  expect(savedAt.slice(0, 4)).toEqual([1000, 13_500, 26_000, 38_500]);
});
