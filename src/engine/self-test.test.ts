/** The self-test: its answers hold on this host, and no kernel is left out of it. */

import { expect, test } from 'vitest';
import { Machine } from './machine.ts';
import { OPCODE, STEP } from './opcodes.ts';
import { makePlan } from './plan/plan.ts';
import { faultsOf, openSelfTest, selfTestGraph } from './self-test.ts';
import { SELF_TEST_ANSWERS } from './self-test-answers.ts';

const hint =
  'after a deliberate change of the arithmetic or of the self-test: npm run build, then node scripts/self-test-answers.mjs';

test.each([
  ['auto', 'narrow'],
  ['auto', 'wide'],
  ['emulated', 'narrow'],
  ['emulated', 'wide'],
] as const)('%s kernels with %s tiles give the recorded answers', async (kernels, tiles) => {
  const answers = openSelfTest(await Machine.open({ kernels, tiles }))();
  expect(faultsOf(answers), hint).toEqual([]);
  expect(Object.keys(answers), hint).toEqual(Object.keys(SELF_TEST_ANSWERS));
});

test('another result in any one value is a fault', async () => {
  const answers = openSelfTest(await Machine.open())();
  for (const name of Object.keys(answers)) {
    expect(faultsOf({ ...answers, [name]: (answers[name] as number) ^ 1 })).toEqual([name]);
  }
});

/** Instructions of the self-test, as opcode and words. */
const instructions = makePlan(selfTestGraph()).stages.flatMap((stage) => [
  ...stage.once,
  ...stage.tile,
  ...stage.sums,
]);
const ofOpcode = (opcode: number) => instructions.filter((instruction) => instruction.opcode === opcode);

test('every kernel takes part', () => {
  const used = new Set(instructions.map(({ opcode }) => opcode));
  const missing = Object.entries(OPCODE).filter(([, opcode]) => !used.has(opcode));
  expect(missing.map(([name]) => name)).toEqual([]);
});

test.each([
  ['f32', 0],
  ['f64', 1],
] as const)('products of %s run in every way there is', (_, dtype) => {
  const products = ofOpcode(OPCODE.contract).filter(({ words }) => words[0] === dtype);
  expect(new Set(products.map(({ words }) => words[3]))).toEqual(new Set([0, 1, 2, 3]));
  const small = ofOpcode(OPCODE.direct).filter(({ words }) => words[0] === dtype);
  expect(new Set(small.map(({ words }) => words[1]))).toEqual(new Set([0, 1, 2]));
});

test('every elementwise step takes part, in both float dtypes', () => {
  // Words of a group: dtype, three counts, operands, steps, stores, registers; then 4 of each operand, 5 of each step.
  const used = ofOpcode(OPCODE.elementwise).flatMap(({ words }) => {
    const [dtype, operands, steps] = [words[0], words[4], words[5]].map(Number);
    return Array.from(
      { length: steps as number },
      (_, i) => `${dtype} ${words[8 + 4 * (operands as number) + 5 * i]}`,
    );
  });
  // No operation is a mere copy.
  const steps = Object.values(STEP).filter((step) => step !== STEP.copy);
  const expected = steps.flatMap((step) => [`0 ${step}`, `1 ${step}`]);
  expect(expected.filter((step) => !used.includes(step))).toEqual([]);
});
