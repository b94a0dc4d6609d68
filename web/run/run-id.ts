/** The name of a computation as the command line gives it, hashed by the browser. */

import { type Experiment, NUMERIC_VERSION } from 'grokscope';
import { runIdText } from '../../src/config/canonical-json.ts';
import { meaningOf } from '../../src/config/index.ts';
import { sha256 } from '../../src/training/sha256.ts';

/** 64 hexadecimal digits: SHA-256 of the canonical settings and the engine's numeric version. */
export async function runIdOf(experiment: Experiment): Promise<string> {
  return sha256(new TextEncoder().encode(runIdText(meaningOf(experiment), NUMERIC_VERSION)));
}
