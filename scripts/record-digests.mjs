// `node scripts/record-digests.mjs`: records, for this numeric version, the digests that every host must arrive at, into
// test/hosts/digests.json. Refuses when the bits changed and the numeric version did not.

import './require-node.mjs';
import { writeFileSync } from 'node:fs';
import { outcomesOf } from '../test/hosts/ask.mjs';
import { FEW_STEPS, MANY_STEPS } from '../test/hosts/experiments.mjs';
import {
  digestsByName,
  recorded,
  recordFile,
  recordingProblem,
  throughStep,
} from '../test/hosts/recorded.mjs';
import { runNode } from './run.mjs';

process.exitCode = await runNode('scripts/build.mjs', []);
if (process.exitCode === 0) await record();

async function record() {
  const built = new URL('../dist/index.js', import.meta.url).href;
  const { NUMERIC_VERSION } = await import(built);
  const digests = digestsByName(await outcomesOf(process.execPath, { steps: MANY_STEPS }));
  const emulated = await outcomesOf(process.execPath, { options: { kernels: 'emulated' }, steps: FEW_STEPS });
  const next = { numeric_version: String(NUMERIC_VERSION), digests };
  const problem =
    JSON.stringify(digestsByName(emulated)) === JSON.stringify(throughStep(digests, FEW_STEPS))
      ? recordingProblem(recorded(), next)
      : 'fused and emulated kernels give different bits here, which is a defect: nothing was recorded';
  if (problem !== undefined) {
    console.error(problem);
    process.exitCode = 1;
    return;
  }
  writeFileSync(recordFile, `${JSON.stringify(next, null, 2)}\n`);
  console.log(`Recorded numeric version ${next.numeric_version} in ${recordFile}.`);
}
