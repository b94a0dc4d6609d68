/** Files that panels offer. */

import type { PanelFile } from './panel.ts';

/** A name of a run as part of a file name. */
export function fileStem(name: string): string {
  return name.replace(/[^\p{L}\p{N}._+=-]+/gu, '-').replace(/^[.-]+|[.-]+$/g, '') || 'run';
}

/** A figure as a file. */
export function svgFile(name: string, svg: string): PanelFile {
  return { name, content: new Blob([svg], { type: 'image/svg+xml' }) };
}
