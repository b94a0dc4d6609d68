/** The runs that are computed in this page, as charts over time draw them: a training with its forks, or a simulation. */

import type { DrawnRun } from '../panels/panel.ts';
import type { LabRun } from '../run/lab-run.ts';
import type { ComparedRun } from './forks.ts';
import { runColors } from './run-colors.ts';

export interface OwnRun extends DrawnRun {
  /** Whether it is drawn while another run is selected. */
  readonly shown: boolean;
}

/** @param selected the run that is shown */
export function ownRuns(forks: readonly ComparedRun[], selected: LabRun | undefined): readonly OwnRun[] {
  if (selected?.isSimulated)
    return [{ run: selected, name: 'simulation', color: runColors[0], start: 0, shown: true }];
  return forks.map((fork) => ({ ...fork, start: fork.run.forkedAt }));
}
