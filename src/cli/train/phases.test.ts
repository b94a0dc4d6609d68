import { expect, test } from 'vitest';
import { Phases } from './phases.ts';

const thresholds = { memorize_threshold: 0.99, grok_threshold: 0.95, grok_patience: 3 };
const nothing = { memorized_step: null, grokked_step: null };

test('each change of phase is told once, at the evaluation that shows it', () => {
  const phases = new Phases(thresholds);
  expect(phases.observe(nothing)).toEqual([]);
  expect(phases.observe({ ...nothing, memorized_step: 1200 })).toEqual([
    'step 1,200: memorised: 99.0 % of the train examples are answered correctly',
  ]);
  expect(phases.observe({ ...nothing, memorized_step: 1200 })).toEqual([]);
  const both = { memorized_step: 1200, grokked_step: 1400 };
  expect(phases.observe(both)).toEqual([
    'step 1,400: grokked: 95.0 % of the held-out examples, 3 times running',
  ]);
  expect(phases.observe(both)).toEqual([]);
});

test('a resumed run does not tell again what had happened before', () => {
  const phases = new Phases({ ...thresholds, grok_patience: 1 }, { memorized_step: 5, grokked_step: null });
  expect(phases.observe({ memorized_step: 5, grokked_step: 9 })).toEqual([
    'step 9: grokked: 95.0 % of the held-out examples, once',
  ]);
});
