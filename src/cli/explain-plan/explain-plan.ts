/** `grokscope explain-plan` from its options to what it prints. */

import pc from 'picocolors';
import { UsageError } from '../failure.ts';
import { type Host, wantsAscii, wantsColor } from '../host.ts';
import { availableBytes, memoryProblem, predictMemory } from '../memory.ts';
import { loadNamed } from '../train/configuration.ts';
import { explainExperiment } from './explanation.ts';
import { explanationJson } from './json.ts';
import { explanationText } from './text.ts';

export interface ExplainPlanOptions {
  readonly config?: string;
  readonly json?: boolean;
}

/** @throws UsageError, or ConfigError where the configuration is at fault */
export function explainPlan(overrides: readonly string[], options: ExplainPlanOptions, host: Host): void {
  if (options.config === undefined) {
    throw new UsageError(
      'explain-plan needs --config FILE or the name of a preset; grokscope presets lists some',
    );
  }
  const { experiment } = loadNamed(options.config, overrides);
  const problem = memoryProblem(predictMemory(experiment), availableBytes());
  if (problem !== undefined) throw new UsageError(problem);
  const explanation = explainExperiment(experiment);
  host.out.write(
    options.json
      ? `${JSON.stringify(explanationJson(explanation), null, 2)}\n`
      : explanationText(explanation, {
          colors: pc.createColors(wantsColor(host.out, host.env)),
          ascii: wantsAscii(host.env),
        }),
  );
}
