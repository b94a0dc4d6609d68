/** The colours of the page: those of the figures (src/figures/palette.ts), as custom properties --gs-NAME. */

import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { palette } from '../../src/figures/palette.ts';

const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const system = signal<'light' | 'dark'>(prefersDark.matches ? 'dark' : 'light');
prefersDark.addEventListener('change', ({ matches }) => {
  system.value = matches ? 'dark' : 'light';
});

/** What the reader's system prefers. */
export const systemPaper: ReadonlySignal<'light' | 'dark'> = system;

/** Keeps the colours of the document those of the paper. */
export function applyColours(paper: ReadonlySignal<'light' | 'dark'>): void {
  effect(() => {
    const { style } = document.documentElement;
    style.colorScheme = paper.value;
    document.documentElement.dataset.paper = paper.value;
    for (const [name, colour] of Object.entries(palette[paper.value]))
      style.setProperty(`--gs-${name}`, colour);
  });
}
