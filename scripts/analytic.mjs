// `npm run analytic`: simulates the isolated dynamics of the published setting, or of it with section.key=value words after --,
// and prints the four statements it is judged by. Exit code 1 when one does not hold. About a minute.

import './require-node.mjs';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { loadLibrary, loadTheory } from '../bench/grokscope.mjs';
import { root, runNode } from './run.mjs';

const config = 'configs/reproductions/R7.yaml';

/** @param {string[]} overrides */
async function analytic(overrides) {
  const { allowRevectorizer, buildDataset, parseExperiment } = await loadLibrary();
  const { analyticTest, isolatedSetting, KernelStep } = await loadTheory();
  const { experiment } = parseExperiment(readFileSync(join(root, config), 'utf8'), {
    file: config,
    overrides,
  });
  const setting = isolatedSetting(experiment, buildDataset(experiment), { ridge: 0 });
  const { train, width, inputs } = setting.problem;
  const { analytic_steps: steps, analytic_lr: stepSize } = experiment;
  console.log(
    `Isolated dynamics, ${inputs} × ${width}, ${train.count} train examples, ${steps} steps of ${stepSize} …\n`,
  );
  await allowRevectorizer();
  const step = await KernelStep.open(setting.problem, {
    threads: train.count < 200 ? 1 : availableParallelism(),
  });
  const test = await analyticTest(step, setting, { steps, stepSize });
  await step.close();
  if (test === undefined) throw new Error('internal: the test was interrupted by nobody');
  for (const { statement, holds, seen } of test.verdict.assertions) {
    console.log(
      `${holds === undefined ? 'not asked' : holds ? 'holds    ' : 'FAILS    '}  ${statement}\n           ${seen}`,
    );
  }
  return test.verdict.holds;
}

process.exitCode = await runNode('scripts/build.mjs', []);
if (process.exitCode === 0) {
  try {
    process.exitCode = (await analytic(process.argv.slice(2))) ? 0 : 1;
  } catch (error) {
    const known =
      error instanceof Error && ['ConfigError', 'TheoryError', 'EngineError'].includes(error.name);
    if (!known) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
