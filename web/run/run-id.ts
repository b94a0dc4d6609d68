/** The name of a computation as the command line gives it, hashed by the browser. */

import { type Experiment, NUMERIC_VERSION } from 'grokscope';
import { runIdText } from '../../src/config/canonical-json.ts';
import { meaningOf } from '../../src/config/index.ts';

/** 64 hexadecimal digits: SHA-256 of the canonical settings and the engine's numeric version. Needs a secure context. */
export async function runIdOf(experiment: Experiment): Promise<string> {
  const text = runIdText(meaningOf(experiment), NUMERIC_VERSION);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
