/** By which thresholds a run is judged: those of the command line, else those of its own configuration. */

import type { Experiment } from '../config/index.ts';
import type { RunReader } from '../runs/index.ts';
import { milestoneOptions } from '../runs/index.ts';
import type { MilestoneOptions } from '../training/milestones.ts';

interface GivenThresholds {
  readonly memorize_threshold?: number;
  readonly grok_threshold?: number;
  readonly grok_patience?: number;
}

/** Only what was given: absent keys leave the defaults to others. */
export function givenMilestones(given: GivenThresholds): MilestoneOptions {
  const { memorize_threshold, grok_threshold, grok_patience } = given;
  return {
    ...(memorize_threshold !== undefined && { memorizeThreshold: memorize_threshold }),
    ...(grok_threshold !== undefined && { grokThreshold: grok_threshold }),
    ...(grok_patience !== undefined && { grokPatience: grok_patience }),
  };
}

/** The thresholds a run was configured with; none for a run of another version that has none. */
export function milestonesOfRun(run: RunReader): MilestoneOptions {
  const { config } = run.meta;
  const milestones = (config as Partial<Experiment> | null)?.milestones;
  return milestones === undefined ? {} : milestoneOptions(milestones);
}
