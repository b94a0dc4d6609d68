import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PhaseEvidence, phaseAt, phasesOf } from './phases.ts';

/** A textbook run: memorised at 100, diagonal share up at 300, held-out accuracy up at 500, weight norm falling from 600. */
function textbook(overrides: (step: number) => Partial<PhaseEvidence> = () => ({})): PhaseEvidence[] {
  return Array.from({ length: 101 }, (_, i) => {
    const step = 10 * i;
    return {
      step,
      trainAccuracy: step >= 100 ? 1 : step / 100,
      heldOutAccuracy: step >= 500 ? 0.9 : 0.1,
      diagonalShare: step >= 300 ? 0.45 : 0.2,
      weightNorm: step >= 600 ? 30 : 40,
      ...overrides(step),
    };
  });
}

const begins = (evidence: readonly PhaseEvidence[]) =>
  phasesOf(evidence).map(({ name, from }) => [name, from]);

test('a run that groks goes through the four phases at the steps where their rules first hold', () => {
  expect(phasesOf(textbook())).toEqual([
    { name: 'memorising', from: 0, to: 100 },
    { name: 'waiting', from: 100, to: 300 },
    { name: 'circuit formation', from: 300, to: 600 },
    { name: 'clean-up', from: 600, to: 1000 },
  ]);
});

test('what is right from the first step on was never memorised', () => {
  expect(begins(textbook(() => ({ trainAccuracy: 1 })))).toEqual([
    ['waiting', 0],
    ['circuit formation', 300],
    ['clean-up', 600],
  ]);
});

test('without weight that falls there is no clean-up, and without generalisation no circuit is claimed', () => {
  expect(begins(textbook(() => ({ weightNorm: 40 }))).at(-1)).toEqual(['circuit formation', 300]);
  const lookup = textbook(() => ({ heldOutAccuracy: 0.1, diagonalShare: 0.2 }));
  expect(begins(lookup)).toEqual([
    ['memorising', 0],
    ['waiting', 100],
  ]);
});

test('without the measure, circuit formation begins with held-out accuracy half of the way', () => {
  const unmeasured = textbook(() => ({ diagonalShare: undefined }));
  expect(begins(unmeasured)[2]).toEqual(['circuit formation', 500]);
});

test('a measure that is taken at every seventh evaluation only begins its phase at the first of them', () => {
  const sparse = textbook((step) => (step % 70 === 0 ? {} : { diagonalShare: undefined }));
  expect(begins(sparse)).toEqual([
    ['memorising', 0],
    ['waiting', 100],
    ['circuit formation', 350],
    ['clean-up', 600],
  ]);
});

test('an evaluation without a weight norm is no sign of weights that fall', () => {
  const gap = textbook((step) => ({ weightNorm: step === 550 ? undefined : 40 }));
  expect(begins(gap).map(([name]) => name)).not.toContain('clean-up');
});

test('noisy labels that are never memorised do not hide generalisation', () => {
  const noisy = textbook(() => ({ trainAccuracy: 0.65 }));
  expect(begins(noisy)).toEqual([
    ['memorising', 0],
    ['circuit formation', 500],
    ['clean-up', 600],
  ]);
});

test('a plateau of leaked answers above chance is still waiting: half of the way counts from there', () => {
  const leaked = textbook((step) => ({
    diagonalShare: undefined,
    heldOutAccuracy: step >= 500 ? 1 : step >= 110 ? 0.6 : 0.45,
  }));
  expect(begins(leaked)[2]).toEqual(['circuit formation', 500]);
});

const evaluation = fc.record({
  trainAccuracy: fc.double({ min: 0, max: 1 }),
  heldOutAccuracy: fc.option(fc.double({ min: 0, max: 1 }), { nil: undefined }),
  diagonalShare: fc.option(fc.double({ min: 0, max: 1 }), { nil: undefined }),
  weightNorm: fc.double({ min: 0, max: 100 }),
});

test('whatever is measured, phases join without gaps, each at most once, and later rows change no earlier phase', () => {
  fc.assert(
    fc.property(fc.array(evaluation, { minLength: 1, maxLength: 40 }), fc.nat(), (values, cut) => {
      const rows = values.map((value, step) => ({ step, ...value }));
      const phases = phasesOf(rows);
      expect(new Set(phases.map(({ name }) => name)).size).toBe(phases.length);
      expect([phases[0].from, phases[phases.length - 1].to]).toEqual([0, rows.length - 1]);
      for (const [i, phase] of phases.entries()) if (i > 0) expect(phase.from).toBe(phases[i - 1].to);
      const part = phasesOf(rows.slice(0, (cut % rows.length) + 1));
      for (const [i, phase] of part.entries())
        expect(phases[i]).toMatchObject({ name: phase.name, from: phase.from });
    }),
  );
});

test('a step belongs to the latest phase that has begun', () => {
  const phases = phasesOf(textbook());
  expect([0, 99, 100, 5000].map((step) => phaseAt(phases, step)?.name)).toEqual([
    'memorising',
    'memorising',
    'waiting',
    'clean-up',
  ]);
  expect(phaseAt([], 3)).toBeUndefined();
});
