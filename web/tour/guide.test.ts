import { signal } from '@preact/signals';
import type { TrainerState } from 'grokscope';
import { beforeEach, expect, test, vi } from 'vitest';
import { readAddress } from '../state/address.ts';
import { Lab } from '../state/lab.ts';
import type { Report, Request } from '../worker/protocol.ts';
import { Guide } from './guide.ts';
import { steps } from './steps/index.ts';

/** Stands where a training thread stood: it notes what it is asked, and a test reports in its place. */
class Thread extends EventTarget {
  static all: Thread[] = [];
  readonly asked: Request[] = [];
  isEnded = false;

  constructor() {
    super();
    Thread.all.push(this);
  }

  postMessage(request: Request): void {
    this.asked.push(request);
  }

  terminate(): void {
    this.isEnded = true;
  }

  /** Resolved when the page has taken it in, which gathers what can wait for a tenth of a second. */
  async report(...reports: Report[]): Promise<void> {
    for (const data of reports) this.dispatchEvent(new MessageEvent('message', { data }));
    await new Promise((passed) => setTimeout(passed, 150));
  }
}

beforeEach(() => {
  Thread.all = [];
  vi.stubGlobal('Worker', Thread);
  vi.stubGlobal('document', { hidden: false });
  vi.stubGlobal('navigator', { hardwareConcurrency: 2 });
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw));
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
  return () => vi.unstubAllGlobals();
});

const nothing = {
  memorized_step: null,
  first_crossing_step: null,
  grokked_step: null,
  delay: null,
  memorized_censored: true,
  grokked_censored: true,
  unconfirmed_step: null,
  last_step: null,
};

function evaluated(
  step: number,
  train: number,
  heldOut: number,
  milestones: { memorized_step?: number; grokked_step?: number } = {},
): Report {
  const row = (split: string, accuracy: number) => ({
    step,
    split,
    values: { accuracy, loss: 1 - accuracy },
  });
  return {
    kind: 'evaluated',
    rows: [row('train', train), row('val', heldOut)],
    extra: {},
    milestones: { ...nothing, ...milestones },
    state: { step, tensors: new Map() } as unknown as TrainerState,
  };
}

function tourOf(number: number) {
  const lab = new Lab(`#tour=${number}`, signal('light'));
  return { lab, guide: new Guide(lab) };
}

/** The thread that was begun last, once it has said that it is ready. */
async function latestThread(lab: Lab): Promise<Thread> {
  const thread = Thread.all.at(-1) as Thread;
  const start = thread.asked[0] as Extract<Request, { kind: 'start' }>;
  await thread.report({
    kind: 'ready',
    experiment: lab.draft.value.experiment,
    id: 'ab'.repeat(32),
    examples: { classes: 41 } as Extract<Report, { kind: 'ready' }>['examples'],
    threads: 1,
    kernels: 'fused',
    notices: [],
  });
  expect(start.kind).toBe('start');
  return thread;
}

test('there are as many steps as the address can name', () => {
  expect(readAddress(`#tour=${steps.length}`).faults).toEqual([]);
  expect(readAddress(`#tour=${steps.length + 1}`).faults).toHaveLength(1);
});

test('the address opens a step, and walking on is walking in the address', () => {
  const { lab, guide } = tourOf(3);
  expect(guide.step.value).toBe(steps[2]);
  guide.go(4);
  expect(lab.address.value.tour).toBe(4);
  guide.go(undefined);
  expect(guide.step.value).toBeUndefined();
  expect(lab.address.value.tour).toBeUndefined();
});

test('step 1 begins the network of the tour, asks it to pause where it has memorised, and says what it then gets right', async () => {
  const { lab, guide } = tourOf(1);
  const [step] = steps;
  lab.closed.value = ['accuracy', 'loss'];
  const done = guide.act();
  expect(guide.isBusy.value).toBe(true);
  expect(lab.closed.value).toEqual(['loss']);
  const thread = await latestThread(lab);
  expect(thread.asked[0]).toMatchObject({
    kind: 'start',
    settings: { preset: 'waiting', overrides: [] },
    playing: true,
    until: 'memorized_step',
    pace: 30,
    resume: false,
  });
  await thread.report(evaluated(35, 0.98, 0.01));
  expect(step?.live(lab)).toBe(
    'Step 35: it gets 98% of the train answers and 1% of the held-out ones right, where guessing gets 2.4%.',
  );
  await thread.report(evaluated(40, 0.998, 0.004, { memorized_step: 40 }), {
    kind: 'at',
    step: 40,
    waiting: true,
  });
  await done;
  expect(guide.isBusy.value).toBe(false);
  expect(step?.live(lab)).toBe(
    'Memorised at step 40: it gets 99.8% of the train answers and 0.4% of the held-out ones right, where guessing gets 2.4%.',
  );
});

test('step 2 trains the same run on instead of beginning another', async () => {
  const { lab, guide } = tourOf(1);
  void guide.act();
  const thread = await latestThread(lab);
  await thread.report(evaluated(40, 0.998, 0.004, { memorized_step: 40 }), {
    kind: 'at',
    step: 40,
    waiting: true,
  });
  guide.go(2);
  const done = guide.act();
  expect(Thread.all.at(-1)).toBe(thread);
  expect(thread.asked.slice(-2)).toEqual([
    { kind: 'pace', pace: 100 },
    { kind: 'play', until: 'grokked_step' },
  ]);
  await thread.report(
    { kind: 'at', step: 41, waiting: false },
    evaluated(555, 1, 0.953, { memorized_step: 40, grokked_step: 545 }),
    { kind: 'at', step: 555, waiting: true },
  );
  await done;
  expect(steps[1]?.live(lab)).toBe(
    'Memorised at step 40, understood at step 545: memorising took 40 steps, the wait 505, 12.6 times as long.',
  );
});

test('step 4, opened by a link, trains the original first and then forks it where it had memorised, without decay', async () => {
  const { lab, guide } = tourOf(4);
  const done = guide.act();
  const original = await latestThread(lab);
  await original.report(
    evaluated(40, 0.998, 0.004, { memorized_step: 40 }),
    evaluated(555, 1, 0.953, { memorized_step: 40, grokked_step: 545 }),
    { kind: 'at', step: 555, waiting: true },
  );
  await vi.waitFor(() => expect(Thread.all.at(-1)).not.toBe(original));
  expect(original.asked.at(-1)).toEqual({ kind: 'play', until: undefined });
  const fork = await latestThread(lab);
  expect(fork.asked[0]).toMatchObject({
    settings: { preset: 'waiting', overrides: ['train.weight_decay=0'] },
    fork: { start: { state: { step: 40 } } },
  });
  await fork.report(evaluated(3000, 1, 0.01, { memorized_step: 40 }), {
    kind: 'finished',
    summary: {} as Extract<Report, { kind: 'finished' }>['summary'],
    weights: '',
  });
  await done;
  expect(steps[3]?.live(lab)).toBe(
    'With decay: understood at step 545. Without it from step 40 on: not by step 3,000 (1% of the held-out answers).',
  );
});

test('step 6 forks the penalty and its control at step 0, and lets all three go', async () => {
  const { lab, guide } = tourOf(6);
  const before = Thread.all.length;
  void guide.act();
  const original = await latestThread(lab);
  expect(original.asked[0]).toMatchObject({
    playing: false,
    settings: { preset: 'waiting', overrides: ['train.weight_decay=2'] },
  });
  await original.report(evaluated(0, 0.02, 0.03), { kind: 'at', step: 0, waiting: true });
  await vi.waitFor(() => expect(Thread.all).toHaveLength(before + 3));
  const kinds = Thread.all.slice(-2).map(({ asked }) => {
    const start = asked[0] as Extract<Request, { kind: 'start' }>;
    return start.settings.overrides.find((override) => override.includes('kind'));
  });
  expect(kinds).toEqual(['laplacian_penalty.kind=literal', 'laplacian_penalty.kind=permuted']);
  expect(original.asked.at(-1)).toEqual({ kind: 'play', until: undefined });
  expect(lab.forks.runs.value.map(({ run }) => run.forkedAt)).toEqual([0, 0, 0]);
  expect(lab.run.value).toBe(lab.forks.runs.value[0]?.run);
});

test('who walks on while something is under way gets nothing more of it', async () => {
  const { lab, guide } = tourOf(4);
  const done = guide.act();
  const original = await latestThread(lab);
  guide.go(5);
  expect(guide.isBusy.value).toBe(false);
  await done;
  await original.report(evaluated(555, 1, 0.953, { memorized_step: 40, grokked_step: 545 }), {
    kind: 'at',
    step: 555,
    waiting: true,
  });
  await Promise.resolve();
  expect(Thread.all.at(-1)).toBe(original);
  expect(guide.problem.value).toBeUndefined();
});

test('a run that the reader pauses, or replaces, keeps no button waiting', async () => {
  const { lab, guide } = tourOf(1);
  const paused = guide.act();
  await (await latestThread(lab)).report(evaluated(10, 0.3, 0.01), { kind: 'at', step: 12, waiting: true });
  await paused;
  const replaced = guide.act();
  await latestThread(lab);
  lab.choosePreset('r1');
  await replaced;
  expect(guide.isBusy.value).toBe(false);
});

test('a seed that the reader has chosen stays through the tour, and the last step takes one that the trial did not have', () => {
  const { lab, guide } = tourOf(5);
  lab.setSettings({ preset: 'waiting', overrides: ['seed=7', 'train.lr=0.1'] });
  void guide.act();
  expect(lab.settings.value).toEqual({ preset: 'waiting', overrides: ['seed=7', 'dataset.label_noise=1'] });
  guide.go(8);
  expect(guide.step.value?.action(lab)).toBe('Try seed 24: hold the norm');
  void guide.act();
  expect(lab.settings.value).toEqual({ preset: 'waiting', overrides: ['seed=24', 'train.weight_decay=0'] });
});

test('the panels to look at are panels of the page, and style sheets know them', async () => {
  const { readFileSync } = await import('node:fs');
  const sheet = readFileSync(new URL('./tour.css', import.meta.url), 'utf8');
  const { panels } = await import('../panels/index.ts');
  for (const { look } of steps) {
    for (const { panel } of look) {
      expect(panels.map(({ name }) => name)).toContain(panel);
      expect(sheet).toContain(`[data-look~="${panel}"] .panel:has(> #panel-${panel})`);
    }
  }
});
