/** The power spectrum of the logits on the torus of their inputs, P_ij = Σ_c |FFT2(L_c)|²_ij, as a map of logarithmic shares. */
import { drawCells } from './cell-paths.ts';
import { heat, heatName } from './color-scales.ts';
import { drawTitle, EDGE, type FigureOptions, figureWidth } from './line-chart.ts';
import { stepLabel } from './number-labels.ts';
import { BAR_HEIGHT, drawShareBar, heatOfShare } from './share-scale.ts';
import { type Diagonal, frequencyLabel, spectrumWords } from './spectrum-words.ts';
import { element, figure, line, text } from './svg.ts';
import { textWidth } from './text-width.ts';
import { paragraph } from './wrapped-text.ts';

/** A spectrum to be drawn. */
export interface SpectrumMap {
  readonly name: string;
  readonly step: number;
  /** P ≥ 0, p rows of p: row i is the frequency of a, column j that of b, both from 0 on. */
  readonly power: readonly (readonly number[])[];
  /** Which diagonal the solution lies on: `main` for functions of a + b, `anti` for a − b. Default `main`. */
  readonly diagonal?: Diagonal;
}

/** A map larger than this only has larger cells. */
const LARGEST_SIDE = 452;
const SUBTITLE_BASELINE = 48;

/**
 * Draws the map as SVG: frequencies in centred order with (0, 0) in the middle, a colour bar, and in words how much lies
 * on the diagonal. At most 152 KB for p = 113, usually half of that.
 * Where a power is not finite, as after divergence, the map is empty and says so.
 * @throws RangeError if `power` is not square or a power is negative.
 */
export function spectrumHeatMap(map: SpectrumMap, options: Omit<FigureOptions, 'xscale'> = {}): string {
  const { name, step, power, diagonal = 'main' } = map;
  const { theme = 'auto' } = options;
  refuseOthers(power);
  const p = power.length;
  const total = power.flat().reduce((sum, value) => sum + value, 0);
  const isPower = total > 0 && Number.isFinite(total);
  const shares = power.map((row) => row.map((value) => (isPower ? value / total : 0)));
  // The largest frequency below zero, so that (0, 0) stands at column and row `offset` of p.
  const offset = Math.floor((p - 1) / 2);
  const levels = Array.from({ length: p }, (_, row) =>
    Array.from({ length: p }, (_, column) => {
      const i = (column - offset + p) % p;
      const j = (p - 1 - row - offset + p) % p;
      return heatOfShare(shares[i][j]);
    }),
  );

  const ticks = frequencyTicks(offset, p - 1 - offset);
  const left = EDGE + 8 + Math.max(...ticks.map((tick) => textWidth(frequencyLabel(tick), 12)));
  const asked = figureWidth(options);
  const side = Math.min(LARGEST_SIDE, asked - left - EDGE - 8);
  const width = Math.min(asked, Math.round(left + side + EDGE + 8));
  const cell = side / p;
  const subtitle = paragraph(
    EDGE,
    SUBTITLE_BASELINE,
    `Spectrum of the logits at step ${stepLabel(step)}`,
    width - 2 * EDGE,
    { color: 'muted' },
  );
  const axisTitle = SUBTITLE_BASELINE + subtitle.height + 6;
  const top = axisTitle + 12;
  const bottom = top + side;
  const barTop = bottom + 66;
  const caption = Number.isFinite(total)
    ? spectrumWords(shares, diagonal)
    : 'The power is not finite: training has diverged.';
  const words = paragraph(EDGE, barTop + BAR_HEIGHT + 44, caption, width - 2 * EDGE, { color: 'muted' });
  return figure(
    {
      width,
      height: barTop + BAR_HEIGHT + 44 + words.height,
      theme,
      title: `${name}, spectrum at step ${stepLabel(step)}`,
      description: `Map of the power of the logits by the frequencies of both operands. ${caption}`,
      scale: heat,
    },
    drawTitle(name, width),
    ...subtitle.parts,
    text(EDGE, axisTitle, 'frequency of b', { color: 'muted' }),
    ...drawCells(levels, heatName, left, top, cell),
    ...drawFrame(left, top, side, p > 2 ? diagonal : 'none'),
    ...ticks.flatMap((tick) => {
      const at = (offset + tick + 0.5) * cell;
      return [
        line(left - 4, bottom - at, left, bottom - at, { color: 'axis' }),
        text(left - 8, bottom - at + 4, frequencyLabel(tick), { color: 'muted', anchor: 'end' }),
        line(left + at, bottom, left + at, bottom + 4, { color: 'axis' }),
        text(left + at, bottom + 18, frequencyLabel(tick), { color: 'muted', anchor: 'middle' }),
      ];
    }),
    text(left + side, bottom + 36, 'frequency of a', { color: 'muted', anchor: 'end' }),
    text(left, barTop - 7, 'share of all power', { color: 'muted' }),
    ...drawShareBar(left, barTop, side),
    ...words.parts,
  );
}

function refuseOthers(power: SpectrumMap['power']): void {
  const p = power.length;
  const odd = power.find((row) => row.length !== p);
  if (p === 0 || odd !== undefined) {
    throw new RangeError(
      `spectrumHeatMap: power must be p rows of p numbers, got ${p} rows${odd ? `, one of ${odd.length}` : ''}`,
    );
  }
  const negative = power.flat().find((value) => value < 0);
  if (negative !== undefined)
    throw new RangeError(`spectrumHeatMap: power cannot be negative, got ${negative}`);
}

/** Whole frequencies, 0 among them, of a few each side. */
function frequencyTicks(below: number, above: number): number[] {
  const largest = Math.max(below, above, 1);
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((size) => largest / size <= 3) ?? largest;
  const ticks: number[] = [];
  for (let tick = -Math.floor(below / step) * step; tick <= above; tick += step) ticks.push(tick);
  return ticks;
}

/** The edge of the map and, outside of it, two strokes that the diagonal runs between. */
function drawFrame(left: number, top: number, side: number, diagonal: Diagonal): string[] {
  const frame = element('rect', {
    class: 'stroke-axis',
    x: left,
    y: top,
    width: side,
    height: side,
    'stroke-width': 1,
  });
  if (diagonal === 'none') return [frame];
  const [near, far] = [2, 11];
  const [right, bottom] = [left + side, top + side];
  const stroke = { color: 'diagonal', width: 2.5 } as const;
  return diagonal === 'main'
    ? [
        frame,
        line(right + near, top - near, right + far, top - far, stroke),
        line(left - near, bottom + near, left - far, bottom + far, stroke),
      ]
    : [
        frame,
        line(left - near, top - near, left - far, top - far, stroke),
        line(right + near, bottom + near, right + far, bottom + far, stroke),
      ];
}
