/** A recorded simulation as figures and tables. */

import { isolatedDynamicsPanels } from '../../figures/theory/isolated-dynamics.ts';
import { planesOverTime } from '../../figures/theory/planes-over-time.ts';
import type { SimulationRecord } from '../../theory/isolated/record.ts';
import {
  frequencyColumns,
  frequencyRows,
  observationColumns,
  observationRows,
} from '../../theory/isolated/tables.ts';
import { drawnPlane } from '../embedding-planes.ts';

/** What a simulation is called where it is drawn. */
export interface SimulationWords {
  readonly name: string;
  readonly title: string;
  /** What moves and what is solved. */
  readonly parts?: readonly [moving: string, solved: string];
}

/** `simulation` and, where tokens have frequencies, `circles`, by file name without ending. */
export function drawnRecord(
  { name, title, parts }: SimulationWords,
  record: SimulationRecord,
): Map<string, string> {
  const { observations } = record;
  const circles = record.circles();
  const frequencies = circles.at(-1)?.planes.map(({ frequency }) => frequency) ?? [];
  const series = circles.map(({ step, planes }) => ({ step, planes: planes.map(drawnPlane) }));
  const planes = planesOverTime({ name, series });
  return new Map([
    ['simulation', isolatedDynamicsPanels({ title, observations, frequencies, parts })],
    ...(planes === null ? [] : ([['circles', planes]] as const)),
  ]);
}

/** The numbers behind them; those of frequencies only where there are some. */
export function recordTables({ observations }: SimulationRecord) {
  const rows = frequencyRows(observations);
  return {
    simulation: { columns: observationColumns, rows: observationRows(observations) },
    frequencies: rows.length === 0 ? undefined : { columns: frequencyColumns, rows },
  };
}
