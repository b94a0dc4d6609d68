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
  /** Measures of the logits as they are: all modes, with the offset that softmax ignores. */
  literal: '#3b434c',
  /** The same without that offset. */
  gaugefree: '#8748b7',
  /** The mode (0, 0), which is that offset's mean. */
  zeromode: '#884f04',
  /** The best of all relabellings a → u·a. */
  relabelled: '#9d4b66',
  /** Power on the diagonal: the functions of a + b. */
  diagonal: '#127c4f',
  /** How far a spectrum is concentrated on few frequencies: three ways to say it. */
  gini: '#667419',
  topfive: '#9b2550',
  ipr: '#384087',
  /** Three frequencies of an embedding, the strongest first. */
  frequencya: '#667419',
  frequencyb: '#9b2550',
  frequencyc: '#384087',
  /** ‖W₁‖ and ‖W₂‖ of a two-layer network. */
  firstlayer: '#127c4f',
  lastlayer: '#8748b7',
  /** The isolated dynamics, beside real trainings. */
  isolated: '#3b434c',
  /** Weight decays λ of a figure in its order: told apart pairwise by every kind of sight. */
  decay0: '#3a1b7e',
  decay1: '#986521',
  decay2: '#07538d',
  decay3: '#932e36',
  decay4: '#785dc4',
  decay5: '#297c6d',
  /** Theory: along the tangent of the zero-loss set towards smaller norm; along −θ; all that lies in the tangent space. */
  downhill: '#8748b7',
  shrinking: '#3b434c',
  tangent: '#884f04',
  memorized: '#706a5c',
  /** From memorised to grokked: the phase that the whole laboratory is about. */
  phase: '#f7f5ee',
  grokked: '#00513a',
  /** The arms of a trial in their order: told apart pairwise by every kind of sight. */
  arm1: '#5511ee',
  arm2: '#cc1100',
  arm3: '#337755',
  arm4: '#553300',
  arm5: '#113377',
  arm6: '#776699',
  arm7: '#8811aa',
  arm8: '#881144',
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
  literal: '#c3cad2',
  gaugefree: '#af6bee',
  zeromode: '#e8b171',
  relabelled: '#e0578b',
  diagonal: '#67cab0',
  gini: '#80bb1c',
  topfive: '#c8777a',
  ipr: '#8e87d1',
  frequencya: '#80bb1c',
  frequencyb: '#c8777a',
  frequencyc: '#8e87d1',
  firstlayer: '#67cab0',
  lastlayer: '#af6bee',
  isolated: '#c3cad2',
  decay0: '#5f8bda',
  decay1: '#e1ae67',
  decay2: '#83aa97',
  decay3: '#ea6d48',
  decay4: '#57bdfa',
  decay5: '#b8e748',
  downhill: '#af6bee',
  shrinking: '#c3cad2',
  tangent: '#e8b171',
  memorized: '#a09888',
  phase: '#201f1d',
  grokked: '#62eaaa',
  arm1: '#7777ff',
  arm2: '#dd7722',
  arm3: '#44ffbb',
  arm4: '#eebb22',
  arm5: '#44bbff',
  arm6: '#eeccff',
  arm7: '#dd88cc',
  arm8: '#ff2288',
};

/** Colours by name on either paper, as #rrggbb: the palette, or a scale (color-scales.ts). */
export type Colors = Readonly<Record<Paper, Readonly<Record<string, string>>>>;

/** The colour of every meaning on either paper, as #rrggbb. */
export const palette: Readonly<Record<Paper, Readonly<Record<Meaning, string>>>> = { light, dark };

/** How a figure refers to a colour: a CSS custom property, until `withTheme` writes it out. */
export function colorOf(name: string): string {
  return `var(--gs-${name})`;
}

function declarations(colors: Readonly<Record<string, string>>): string {
  return Object.entries(colors)
    .map(([name, color]) => `--gs-${name}:${color}`)
    .join(';');
}

/** The rules that give custom properties their values, scoped to figures so that a page can hold many. */
export function themeRules(colors: Colors): string {
  return (
    `.grokscope{color-scheme:light dark;${declarations(colors.light)}}` +
    `@media (prefers-color-scheme:dark){.grokscope{${declarations(colors.dark)}}}`
  );
}

const writtenRules =
  /\.grokscope\{color-scheme:light dark;([^}]*)\}@media \(prefers-color-scheme:dark\)\{\.grokscope\{([^}]*)\}\}/;

/**
 * Replaces every colour of an `auto` figure by its literal for one paper, for programs without CSS custom properties.
 * A figure that is already literal, and theme `auto`, come back unchanged.
 */
export function withTheme(svg: string, theme: Theme): string {
  if (theme === 'auto') return svg;
  const [rules, onLight, onDark] = writtenRules.exec(svg) ?? [];
  if (rules === undefined) return svg;
  const declared = (theme === 'light' ? onLight : onDark).matchAll(/--gs-(\w+):(#[0-9a-f]{6})/g);
  const colors = new Map([...declared].map(([, name, color]) => [name, color]));
  return svg
    .replace(rules, '')
    .replace(/var\(--gs-(\w+)\)/g, (reference, name: string) => colors.get(name) ?? reference);
}
