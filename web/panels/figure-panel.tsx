/** A panel whose picture is an SVG figure of the moment that is shown. */

import type { FigureOptions } from '../../src/figures/line-chart.ts';
import type { LabRun } from '../run/lab-run.ts';
import type { Moment } from '../run/moment.ts';
import { DrawnFigure } from './drawn-figure.tsx';
import { useElementWidth } from './element-width.ts';
import { inTurn } from './in-turn.tsx';
import type { Panel, PanelProps } from './panel.ts';

export interface FigurePanelPlan
  extends Pick<
    Panel,
    'name' | 'title' | 'formulas' | 'wide' | 'tall' | 'ofMoment' | 'refusal' | 'whatYouSee' | 'csv'
  > {
  /** Draws the figure; undefined where there is nothing to be drawn yet. Reads signals. */
  readonly draw: (props: PanelProps, options: FigureOptions) => string | undefined;
  /** The width at which it is largest, in px. */
  readonly largest: number;
  /** How high it is at a width, in px: room that is kept while there is nothing to be drawn, so that nothing moves. */
  readonly height: (width: number) => number;
}

const FILE_WIDTH = 720;

export function figurePanel({ draw, largest, height, ...panel }: FigurePanelPlan): Panel {
  return {
    ...panel,
    Picture: inTurn((props) => {
      const [parent, width] = useElementWidth<HTMLDivElement>();
      const paper = props.view.paper.value;
      const svg = width > 0 ? draw(props, { width: Math.min(width, largest), theme: paper }) : undefined;
      return (
        <div
          ref={parent}
          class="figure-place"
          style={width > 0 ? { minHeight: `${Math.ceil(height(Math.min(width, largest)))}px` } : undefined}
        >
          {svg !== undefined && <DrawnFigure svg={svg} paper={paper} />}
        </div>
      );
    }),
    ofStep: true,
    svg: (props) => draw(props, { width: Math.min(FILE_WIDTH, largest), theme: props.view.paper.value }),
  };
}

/** `sentence` where the moments that a run has kept are without something, or where it has ended without any. */
export function unlessKept(
  run: LabRun,
  has: (moment: Moment) => boolean,
  sentence: string,
): string | undefined {
  const moments = run.moments.value;
  if (moments.length === 0) return run.status.value.kind === 'finished' ? sentence : undefined;
  return moments.some(has) ? undefined : sentence;
}
