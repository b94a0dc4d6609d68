/** Figures as PNG through the optional package @resvg/resvg-js. Node only. */
import { type Paper, withTheme } from './palette.ts';

/** What is used of @resvg/resvg-js 2. */
interface Resvg {
  getBBox(): { width: number } | undefined;
  render(): { asPng(): Uint8Array };
}
interface ResvgModule {
  Resvg: new (svg: string, options: object) => Resvg;
}

export interface PngOptions {
  /** PNG cannot follow the reader's preference; figures with a theme of their own keep it. Default `light`. */
  readonly theme?: Paper;
  /** Pixels per px of the SVG. Default 2. */
  readonly scale?: number;
}

/** A name in a variable, so that neither compiler nor bundler needs the package. */
const PACKAGE: string = '@resvg/resvg-js';
const font = { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' };

async function resvg(): Promise<ResvgModule> {
  try {
    const loaded: ResvgModule = await import(/* @vite-ignore */ PACKAGE);
    return loaded;
  } catch (cause) {
    throw new Error(
      `PNG figures need the optional package ${PACKAGE}, which could not be loaded; run 'npm install ${PACKAGE}' or use the SVG files`,
      { cause },
    );
  }
}

/**
 * Renders a figure. Text needs a font on the system; without any it would silently be missing, so that is an error.
 * @throws Error if @resvg/resvg-js is not installed, the system has no font, or the scale is not above 0.
 */
export async function svgToPng(svg: string, options: PngOptions = {}): Promise<Uint8Array> {
  const { theme = 'light', scale = 2 } = options;
  if (!(scale > 0 && Number.isFinite(scale))) {
    throw new RangeError(`svgToPng: scale must be a number above 0, got ${scale}; 2 suits most screens`);
  }
  const { Resvg } = await resvg();
  const probe = new Resvg('<svg xmlns="http://www.w3.org/2000/svg"><text y="20">x</text></svg>', { font });
  if (!probe.getBBox()) {
    throw new Error(
      'svgToPng: the system has no font, so text would be missing; install one, for example the package fonts-dejavu, or use the SVG files',
    );
  }
  return new Resvg(withTheme(svg, theme), { font, fitTo: { mode: 'zoom', value: scale } }).render().asPng();
}
