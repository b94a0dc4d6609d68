/** The list of panels in the order of the page: a new one is a file beside this, named here. */

import type { Panel } from './panel.ts';

export const panels: readonly Panel[] = [];
