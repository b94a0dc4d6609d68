/** Files that panels offer. */

import type { Panel, PanelFile, PanelProps } from './panel.ts';
import { rasterised } from './rasterised.ts';

/** A name of a run as part of a file name. */
function fileStem(name: string): string {
  return name.replace(/[^\p{L}\p{N}._+=-]+/gu, '-').replace(/^[.-]+|[.-]+$/g, '') || 'run';
}

/** What the files of a panel are called, without ending: `r1-loss`, `r1-embedding-step38`. */
function nameOf({ name, ofStep }: Panel, { run, view }: PanelProps): string {
  const step = ofStep ? `-step${view.shownStep.value}` : '';
  return `${fileStem(run.name.value)}-${name}${step}`;
}

/** The numbers of a panel. */
export function csvFile(panel: Panel, props: PanelProps): PanelFile {
  const content = new Blob([panel.csv(props)], { type: 'text/csv' });
  return { name: `${nameOf(panel, props)}.csv`, content };
}

/** Its picture as lines and text; undefined while there is none. */
export function svgFile(panel: Panel, props: PanelProps): PanelFile | undefined {
  const svg = panel.svg?.(props);
  if (svg === undefined) return undefined;
  return { name: `${nameOf(panel, props)}.svg`, content: new Blob([svg], { type: 'image/svg+xml' }) };
}

/** Its picture as pixels; undefined while there is none. */
export async function pngFile(panel: Panel, props: PanelProps): Promise<PanelFile | undefined> {
  const svg = panel.svg?.(props);
  const content =
    svg === undefined ? await panel.png?.(props) : await rasterised(svg, props.view.paper.value);
  return content && { name: `${nameOf(panel, props)}.png`, content };
}
