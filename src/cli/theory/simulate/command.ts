/** `grokscope theory simulate`: which of its computations is asked for. */

import type { OptionValues } from 'commander';
import { UsageError } from '../../failure.ts';
import type { Host } from '../../host.ts';
import type { TheoryReport } from '../report.ts';
import { simulatedExperiment } from './setting.ts';

/** Options of which only one can be given: each is a computation of its own. */
const kinds = ['isolate', 'overlay', 'predict'] as const;

/** @throws UsageError, ConfigError, TheoryError */
export async function simulateCommand(
  words: readonly string[],
  options: OptionValues,
  host: Host,
): Promise<TheoryReport> {
  const chosen = kinds.filter((kind) => options[kind] !== undefined);
  if (chosen.length > 1) {
    throw new UsageError(`--${chosen[0]} and --${chosen[1]} are different computations; give one of them`);
  }
  const { experiment } = simulatedExperiment(overridesOf(words), options);
  if (options.predict) {
    const { simulatePrediction } = await import('./predict.ts');
    const { lambdas, fractions, seeds, seed, threads } = options;
    const experimentOf = (more: readonly string[]) =>
      simulatedExperiment([...overridesOf(words), ...more], { ...options, seed: undefined }).experiment;
    return simulatePrediction(experimentOf, { lambdas, fractions, seeds, seed, threads }, host);
  }
  if (options.isolate !== undefined) {
    const { simulateIsolated } = await import('./isolated.ts');
    return simulateIsolated(experiment, options.isolate, options, host);
  }
  if (options.overlay !== undefined) {
    const { simulateOverlay } = await import('./overlay.ts');
    return simulateOverlay(experiment, options.overlay, options, host);
  }
  const { simulateAlone } = await import('./alone.ts');
  return simulateAlone(experiment, options, host);
}

/** Commander hands a list of arguments on as one argument. */
function overridesOf(words: readonly (string | readonly string[])[]): string[] {
  return words.flat();
}
