/** The settings that are being written, as what they mean. */

import { computed, type ReadonlySignal } from '@preact/signals';
import { ConfigError, type ConfigIssue, type Experiment } from 'grokscope';
import { simulationNotices } from '../isolated/simulated-settings.ts';
import { readSettings, type WrittenSettings, withoutOverrides } from '../settings/written-settings.ts';

/** Resolved settings; with issues instead where they mean no experiment. */
export interface Draft {
  /** What the settings mean, or meant last. */
  readonly experiment: Experiment;
  readonly notices: readonly string[];
  readonly issues: readonly ConfigIssue[];
}

export function draftOf(settings: ReadonlySignal<WrittenSettings>): ReadonlySignal<Draft> {
  let last: Experiment = readSettings(withoutOverrides(settings.value)).experiment;
  return computed(() => {
    try {
      const { experiment, notices } = readSettings(settings.value);
      last = experiment;
      return { experiment, notices: [...notices, ...simulationNotices(experiment)], issues: [] };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return { experiment: last, notices: [], issues: error.issues };
    }
  });
}
