/** The circles of an embedding as they form: a row for each frequency, a column for each step. */

import { cycle } from '../color-scales.ts';
import { drawPlane, drawTokenBar, type EmbeddingPlane } from '../embedding-planes.ts';
import { drawTitle, EDGE, type FigureOptions, figureWidth } from '../line-chart.ts';
import { stepLabel, valueLabel } from '../number-labels.ts';
import { figure, text } from '../svg.ts';
import { paragraph } from '../wrapped-text.ts';

/** The planes of the same frequencies at one step. */
export interface PlanesAtStep {
  readonly step: number;
  readonly planes: readonly EmbeddingPlane[];
}

const GAP = 10;
const STEP_ROW = 20;
const CAPTION = 20;
const LABEL_ROOM = 54;

/** Draws each plane to its own scale; every step needs the same frequencies in the same order. Null where nothing is finite. */
export function planesOverTime(
  { name, series }: { readonly name: string; readonly series: readonly PlanesAtStep[] },
  options: Omit<FigureOptions, 'xscale'> = {},
): string | null {
  const shown = series.filter(({ planes }) =>
    planes.flatMap(({ points }) => points.flat()).every(Number.isFinite),
  );
  const rows = shown[0]?.planes ?? [];
  if (rows.length === 0) return null;
  const { theme = 'auto' } = options;
  const width = figureWidth(options);
  const left = EDGE + LABEL_ROOM;
  const side = Math.min(190, (width - left - EDGE - (shown.length - 1) * GAP) / shown.length);
  const subtitle = paragraph(
    EDGE,
    48,
    'W₁ in the plane of Re F_k and Im F_k, each plane to its own scale; neighbours in the angle k·t mod p are joined. Below: ‖Re‖/‖Im‖ and the angle between them',
    width - 2 * EDGE,
    { color: 'muted' },
  );
  const stepsAt = 48 + subtitle.height + 4;
  const top = stepsAt + STEP_ROW - 8;
  const height = side + CAPTION + GAP;
  const parts = shown.flatMap(({ step, planes }, column) => {
    const x = left + column * (side + GAP);
    return [
      text(x + side / 2, stepsAt, `step ${stepLabel(step)}`, { anchor: 'middle', bold: true }),
      ...planes.flatMap((plane, row) => {
        const y = top + row * height;
        const words = `${valueLabel(plane.ratio)}, ${angleWords(plane.cos)}`;
        return [
          ...drawPlane(plane, x, y, side),
          text(x + side / 2, y + side + 15, words, { anchor: 'middle', color: 'muted', size: 11 }),
        ];
      }),
    ];
  });
  const names = rows.map(({ frequency }, row) =>
    text(EDGE, top + row * height + side / 2 + 4, `k = ${frequency}`, { bold: true }),
  );
  const barTop = top + rows.length * height + 2;
  return figure(
    {
      width,
      height: barTop + 40,
      theme,
      title: `${name}, circles as they form`,
      description: shown
        .map(
          ({ step, planes }) =>
            `Step ${step}: ${planes.map(({ frequency, ratio }) => `k = ${frequency}, ‖Re‖/‖Im‖ ${valueLabel(ratio)}`).join('; ')}.`,
        )
        .join(' '),
      scale: cycle,
    },
    drawTitle(name, width),
    ...subtitle.parts,
    ...names,
    ...parts,
    ...drawTokenBar(rows[0]?.points.length ?? 0, barTop, Math.min(260, width - 2 * EDGE)),
  );
}

/** Of |cos|, the angle between the parts. */
function angleWords(cos: number): string {
  return `${((180 / Math.PI) * Math.acos(Math.min(1, cos))).toFixed(1)}°`;
}
