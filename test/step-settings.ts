/** What a trainer does before a step, for tests that drive an update rule themselves. */
import type { Program } from '../src/engine/index.ts';
import type { UpdateRule } from '../src/training/update_rule.ts';

/** Sets the settings of a step, counted from 1. */
export function setStep(program: Program, rule: UpdateRule, step: number): void {
  const values = new Float64Array(rule.settings.length);
  rule.writeSettings(step, values);
  program.setSettings(rule.settings, values);
}
