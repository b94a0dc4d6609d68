/**
 * The embedding of Z_p seen along its own frequencies: for frequency k the plane of Re F_k and Im F_k, in which an embedding
 * by cos and sin of 2πkt/p is a circle. (Two principal components of several such circles look like a cloud.)
 */
import { CYCLE_LEVELS, cycle, cycleName } from './color-scales.ts';
import { drawTitle, EDGE, type FigureOptions, figureWidth } from './line-chart.ts';
import { percentLabel, stepLabel, valueLabel } from './number-labels.ts';
import { coordinate, element, figure, line, stroked, text } from './svg.ts';
import { paragraph } from './wrapped-text.ts';

/** The plane of one frequency. */
export interface EmbeddingPlane {
  readonly frequency: number;
  /** P_k / Σ P over the frequencies 1 … (p−1)/2. */
  readonly share: number;
  /** Where the p tokens are in the plane, in their order; centred. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** ‖Re F_k‖ / ‖Im F_k‖: 1 for a circle. */
  readonly ratio: number;
  /** |cos(Re F_k, Im F_k)|: 0 for a circle. */
  readonly cos: number;
}

/** The strongest planes of an embedding, strongest first. */
export interface EmbeddingPlanes {
  readonly name: string;
  readonly step: number;
  readonly planes: readonly EmbeddingPlane[];
}

const LARGEST_NUMBER = 5;
const GAP = 16;
const LINE_HEIGHT = 17;
/** Keeps points and their width inside the panel. */
const INSET = 8;

/**
 * Draws up to five planes side by side as SVG, each to its own scale and the same in both directions. Tokens are joined in
 * the order of their angle k·t mod p and coloured by t. Planes that are not finite are left out; null when none remains.
 */
export function embeddingPlanes(
  { name, step, planes }: EmbeddingPlanes,
  options: Omit<FigureOptions, 'xscale'> = {},
): string | null {
  const shown = planes
    .filter(({ points }) => points.length > 0 && points.flat().every(Number.isFinite))
    .slice(0, LARGEST_NUMBER);
  if (shown.length === 0) return null;
  const { theme = 'auto' } = options;
  const width = figureWidth(options);
  const columns = Math.min(shown.length, width < 480 ? 2 : width < 1000 ? 3 : LARGEST_NUMBER);
  const side = Math.min(280, (width - 2 * EDGE - (columns - 1) * GAP) / columns);
  const subtitle = paragraph(
    EDGE,
    48,
    `Planes of the strongest frequencies k of the embedding at step ${stepLabel(step)}; neighbours in the angle k·t mod p are joined`,
    width - 2 * EDGE,
    { color: 'muted' },
  );
  const captions = shown.map((plane) => paragraphsOf(plane, side));
  const captionHeight = LINE_HEIGHT * Math.max(...captions.map((lines) => lines.length));
  const top = 48 + subtitle.height + 2;
  const rowHeight = side + captionHeight + GAP;
  const rows = Math.ceil(shown.length / columns);
  const panels = shown.flatMap((plane, index) => {
    const x = EDGE + (index % columns) * (side + GAP);
    const y = top + Math.floor(index / columns) * rowHeight;
    return [
      ...drawPlane(plane, x, y, side),
      ...captions[index].map((words, row) =>
        text(x, y + side + LINE_HEIGHT * (row + 1), words, {
          bold: row === 0,
          color: row === 0 ? 'ink' : 'muted',
        }),
      ),
    ];
  });
  const barTop = top + rows * rowHeight + 2;
  return figure(
    {
      width,
      height: barTop + 40,
      theme,
      title: `${name}, embedding at step ${stepLabel(step)}`,
      description: shown.map((plane) => `${lines(plane).join(', ')}.`).join(' '),
      scale: cycle,
    },
    drawTitle(name, width),
    ...subtitle.parts,
    ...panels,
    ...drawTokenBar(shown[0].points.length, barTop, Math.min(260, width - 2 * EDGE)),
  );
}

function lines({ frequency, share, ratio, cos }: EmbeddingPlane): [string, string, string] {
  return [
    `k = ${frequency}: ${percentLabel(share)} of power`,
    `‖Re‖ / ‖Im‖ = ${valueLabel(ratio)}`,
    `|cos(Re, Im)| = ${valueLabel(cos)}`,
  ];
}

/** On wide panels the two numbers share a line, on the narrowest the first is shorter. */
function paragraphsOf(plane: EmbeddingPlane, side: number): string[] {
  const [first, ratio, cos] = lines(plane);
  if (side < 150) return [first.replace(' of power', ''), ratio, cos];
  return side > 230 ? [first, `${ratio}, ${cos}`] : [first, ratio, cos];
}

/** The square of one plane: axes, tokens as dots and, for the plane of a frequency, joined by their angle. */
export function drawPlane(
  { frequency, points }: { readonly frequency?: number } & Pick<EmbeddingPlane, 'points'>,
  x: number,
  y: number,
  side: number,
): string[] {
  const p = points.length;
  const extent = points.reduce((largest, [u, v]) => Math.max(largest, Math.abs(u), Math.abs(v)), 0);
  const scale = extent > 0 ? (side / 2 - INSET) / extent : 0;
  const at = points.map(
    ([u, v]) => `${coordinate(x + side / 2 + u * scale)},${coordinate(y + side / 2 - v * scale)}`,
  );
  const dots = Array.from({ length: CYCLE_LEVELS }, (_, level) =>
    at.filter((_, token) => colorOfToken(token, p) === level),
  ).flatMap((places, level) =>
    places.length > 0
      ? element('path', {
          // A stroke of (almost) no length with round caps is a dot.
          d: places.map((place) => `M${place}h.01`).join(''),
          class: `stroke-${cycleName(level)}`,
          'stroke-width': side < 200 ? 4.5 : 6,
          'stroke-linecap': 'round',
        })
      : [],
  );
  return [
    element('rect', { class: 'stroke-grid', x, y, width: side, height: side, 'stroke-width': 1 }),
    line(x, y + side / 2, x + side, y + side / 2, { color: 'grid' }),
    line(x + side / 2, y, x + side / 2, y + side, { color: 'grid' }),
    ...(frequency === undefined ? [] : [joinedByAngle(at, frequency)]),
    ...dots,
  ];
}

function joinedByAngle(at: readonly string[], frequency: number): string {
  const angle = (token: number) => (frequency * token) % at.length;
  const order = at.map((_, token) => token).sort((s, t) => angle(s) - angle(t) || s - t);
  return stroked(`M${order.map((token) => at[token]).join('L')}Z`, { color: 'axis' });
}

function colorOfToken(token: number, p: number): number {
  return Math.floor((token * CYCLE_LEVELS) / p);
}

/** Which colour is which token. */
export function drawTokenBar(p: number, top: number, width: number): string[] {
  const step = width / CYCLE_LEVELS;
  const boxes = Array.from({ length: CYCLE_LEVELS }, (_, level) =>
    element('rect', {
      class: `fill-${cycleName(level)}`,
      x: EDGE + level * step,
      y: top,
      width: level < CYCLE_LEVELS - 1 ? step + 0.5 : step,
      height: 8,
    }),
  );
  return [
    ...boxes,
    text(EDGE, top + 24, 'token 0', { color: 'muted' }),
    text(EDGE + width, top + 24, `token ${p - 1}`, { color: 'muted', anchor: 'end' }),
  ];
}
