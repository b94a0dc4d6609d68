/**
 * One colour per meaning, the same in every figure, on the terminal and in the lab, for light and dark paper. Told apart
 * also with protanopia, deuteranopia and tritanopia; text has contrast ≥ 4.5, lines ≥ 3 (WCAG 2.2). Tested beside.
 */

export type Meaning = keyof typeof light;
/** What a figure is drawn on. */
export type Paper = 'light' | 'dark';
/** `auto` follows the reader's preference through CSS; the others write their colours out, for PNG and print. */
export type Theme = 'auto' | Paper;

const light = {
  paper: '#ffffff',
  ink: '#1b1f24',
  muted: '#57606a',
  axis: '#8a939c',
  grid: '#dfe3e8',
  train: '#2456d3',
  /** The validation set, and the held-out examples when there is no other. */
  val: '#ba4907',
  /** Held-out examples beside a validation set. */
  test: '#7a1f6b',
  memorized: '#706a5c',
  /** From memorised to grokked: the phase that the whole laboratory is about. */
  phase: '#f7f5ee',
  grokked: '#00513a',
} as const;

const dark: Record<Meaning, string> = {
  paper: '#14171c',
  ink: '#e8ebef',
  muted: '#a3adb8',
  axis: '#737d88',
  grid: '#2b3139',
  train: '#6f9cff',
  val: '#f08230',
  test: '#edc6f8',
  memorized: '#a09888',
  phase: '#201f1d',
  grokked: '#62eaaa',
};

/** The colour of every meaning on either paper, as #rrggbb. */
export const palette: Readonly<Record<Paper, Readonly<Record<Meaning, string>>>> = { light, dark };

/** How a figure refers to a colour: a CSS custom property, until `withTheme` writes it out. */
export function colorOf(meaning: Meaning): string {
  return `var(--gs-${meaning})`;
}

function declarations(paper: Paper): string {
  return Object.entries(palette[paper])
    .map(([meaning, color]) => `--gs-${meaning}:${color}`)
    .join(';');
}

/** The rules that give the custom properties their values, scoped to figures so that a page can hold many. */
export const themeRules =
  `.grokscope{color-scheme:light dark;${declarations('light')}}` +
  `@media (prefers-color-scheme:dark){.grokscope{${declarations('dark')}}}`;

/**
 * Replaces every colour of an `auto` figure by its literal for one paper, for programs without CSS custom properties.
 * A figure that is already literal, and theme `auto`, come back unchanged.
 */
export function withTheme(svg: string, theme: Theme): string {
  if (theme === 'auto') return svg;
  return svg
    .replace(themeRules, '')
    .replace(/var\(--gs-([a-z]+)\)/g, (reference, meaning: string) =>
      meaning in palette[theme] ? palette[theme][meaning as Meaning] : reference,
    );
}
