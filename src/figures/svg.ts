/** SVG as strings: elements, numbers written the same everywhere, and the document around a figure. No DOM. */
import { type Colors, colorOf, type Meaning, palette, type Theme, themeRules, withTheme } from './palette.ts';

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** The first family that is there wins; the named ones are for programs that do not know `system-ui`. */
const FONTS =
  "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue','Noto Sans','DejaVu Sans',Arial,sans-serif";

/** A coordinate in px with at most two decimals, never `-0` and never in exponent form. */
export function coordinate(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`internal: a figure got the coordinate ${value}`);
  const hundredths = Math.round(value * 100);
  return hundredths === 0 ? '0' : String(hundredths / 100);
}

/** Text as XML content or attribute value; characters that XML cannot hold become U+FFFD. */
export function escaped(text: string): string {
  return [...text]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      const legal = code === 9 || code === 10 || (code >= 32 && code !== 0xfffe && code !== 0xffff);
      return legal && !(code >= 0xd800 && code < 0xe000) ? character : '\ufffd';
    })
    .join('')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

/** An element; numbers among the attributes are coordinates, undefined ones are left out. Children are markup. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) => ` ${key}="${typeof value === 'number' ? coordinate(value) : escaped(String(value))}"`,
    )
    .join('');
  return children.length > 0 ? `<${name}${written}>${children.join('')}</${name}>` : `<${name}${written}/>`;
}

export interface TextOptions {
  readonly color?: Meaning;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly size?: number;
  readonly bold?: boolean;
}

/** Text with its baseline at (x, y). */
export function text(x: number, y: number, content: string, options: TextOptions = {}): string {
  const { color = 'ink', anchor = 'start', size = 12, bold = false } = options;
  const attributes = {
    x,
    y,
    class: `fill-${color}`,
    'font-size': size,
    'font-weight': bold ? '600' : undefined,
    'text-anchor': anchor === 'start' ? undefined : anchor,
  };
  return element('text', attributes, escaped(content));
}

export interface LineOptions {
  readonly color: Meaning;
  readonly width?: number;
  readonly dash?: string;
}

/** A path that is stroked and not filled. */
export function stroked(d: string, { color, width = 1, dash }: LineOptions): string {
  return element('path', { d, class: `stroke-${color}`, 'stroke-width': width, 'stroke-dasharray': dash });
}

/** A straight line between two points. */
export function line(x1: number, y1: number, x2: number, y2: number, options: LineOptions): string {
  return stroked(`M${coordinate(x1)},${coordinate(y1)}L${coordinate(x2)},${coordinate(y2)}`, options);
}

export interface FigureFrame {
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  /** What the figure is, and what is to be seen in it, for people who do not see it. */
  readonly title: string;
  readonly description: string;
  /** Further colours by name, beside those of the palette. */
  readonly scale?: Colors;
}

/**
 * A whole SVG document of width × height px that shrinks with the page it is in. Elements refer to colours by the classes
 * `fill-<name>` and `stroke-<name>`; the rules for those that occur are written here.
 */
export function figure(frame: FigureFrame, ...children: readonly string[]): string {
  const { width, height, theme, title, description, scale } = frame;
  const background = element('rect', { class: 'fill-paper', width, height });
  const content = [background, ...children].join('\n');
  const classes = new Set([...content.matchAll(/class="((?:fill|stroke)-\w+)"/g)].map(([, name]) => name));
  const light: Record<string, string> = { ...palette.light, ...scale?.light };
  const dark: Record<string, string> = { ...palette.dark, ...scale?.dark };
  const used = Object.keys(light).filter(
    (name) => classes.has(`fill-${name}`) || classes.has(`stroke-${name}`),
  );
  const only = (colors: Record<string, string>) =>
    Object.fromEntries(used.map((name) => [name, colors[name]]));
  const rules = used.flatMap((name) => [
    classes.has(`fill-${name}`) ? `.grokscope .fill-${name}{fill:${colorOf(name)}}` : '',
    classes.has(`stroke-${name}`) ? `.grokscope .stroke-${name}{stroke:${colorOf(name)};fill:none}` : '',
  ]);
  const theming = themeRules({ light: only(light), dark: only(dark) });
  const style = `${theming}.grokscope{max-width:100%;height:auto}${rules.join('')}`;
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    class: 'grokscope',
    width,
    height,
    viewBox: `0 0 ${coordinate(width)} ${coordinate(height)}`,
    role: 'img',
    'font-family': FONTS,
    'stroke-linejoin': 'round',
  };
  const svg = element(
    'svg',
    attributes,
    `\n${element('title', {}, escaped(title))}`,
    `\n${element('desc', {}, escaped(description))}`,
    `\n<style>${style}</style>\n`,
    content,
    '\n',
  );
  return `${withTheme(svg, theme)}\n`;
}
