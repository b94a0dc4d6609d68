/** Vertical marks over a plot (memorised, grokked, …), their names as flags above it, and the tinted phase between. */
import { arrangeFlags, FLAG_GAP, type Flag, type FlagRequest, flagExtent } from './flags.ts';
import type { Meaning } from './palette.ts';
import type { StepAxis } from './step-axis.ts';
import { element, line, text } from './svg.ts';
import { textWidth } from './text-width.ts';

export interface Mark {
  readonly step: number;
  readonly label: string;
  readonly color: Meaning;
  readonly dash?: string;
  /** False for a remark about the end of the run, which has no line. Default true. */
  readonly line?: boolean;
}

const TEXT = 12;
const ROW = 17;
const DASH = '4 3';

export interface ArrangedMarks {
  /** Height of the rows of names, in px. */
  readonly height: number;
  /** The names between `top` and `top + height`. */
  readonly drawNames: (top: number) => string[];
  /** The lines through a plot, beginning beside their names when those start at `namesTop`. */
  readonly drawLines: (namesTop: number | undefined, top: number, bottom: number) => string[];
}

/** Arranges the names of marks between `left` and `right` px. */
export function arrangeMarks(
  marks: readonly Mark[],
  xAxis: StepAxis,
  left: number,
  right: number,
): ArrangedMarks {
  const requests = marks.map((mark) => ({
    x: mark.line === false ? right : xAxis.position(mark.step),
    width: textWidth(mark.label, TEXT, true),
    line: mark.line !== false,
  }));
  const flags = arrangeFlags(requests, left, right);
  return {
    height: ROW * flags.reduce((rows, { row }) => Math.max(rows, row + 1), 0),
    drawNames: (top) =>
      marks.map((mark, i) => drawName(mark, flags[i], requests[i], top + flags[i].row * ROW + 12)),
    drawLines: (namesTop, top, bottom) =>
      marks.flatMap(({ color, dash = DASH }, i) => {
        const { x, line: hasLine } = requests[i];
        const from = namesTop === undefined ? top : namesTop + flags[i].row * ROW + 2;
        return hasLine ? line(x, from, x, bottom, { color, width: 1.25, dash }) : [];
      }),
  };
}

function drawName(mark: Mark, { side }: Flag, request: FlagRequest, y: number): string {
  const [from, to] = flagExtent(request, side, FLAG_GAP);
  const [x, anchor] = side === 'right' ? ([from, 'start'] as const) : ([to, 'end'] as const);
  return text(x, y, mark.label, { color: mark.color, bold: true, anchor });
}

/** The tinted background between two steps. */
export function drawPhase(
  [from, to]: readonly [number, number],
  xAxis: StepAxis,
  top: number,
  bottom: number,
): string {
  const x = xAxis.position(from);
  return element('rect', {
    x,
    y: top,
    width: xAxis.position(to) - x,
    height: bottom - top,
    class: 'fill-phase',
  });
}
