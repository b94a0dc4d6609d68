/**
 * A figure of the library inside the page. Its colours are written as attributes, because a page with a strict content
 * security policy lets no <style> element in; the markup is our own, and all words in it are escaped.
 */

import { withTheme } from '../../src/figures/palette.ts';

/** The same picture on one paper without a <style> element. */
export function withoutStyleElement(svg: string, paper: 'light' | 'dark'): string {
  const literal = withTheme(svg, paper);
  const style = /<style>([^<]*)<\/style>\n?/.exec(literal);
  if (style === null) return literal;
  const rules = new Map(
    [...style[1].matchAll(/\.grokscope \.((?:fill|stroke)-\w+)\{([^}]*)\}/g)].map(([, name, body]) => [
      name,
      body
        .split(';')
        .map((declaration) => declaration.split(':'))
        .map(([property, value]) => `${property}="${value}"`)
        .join(' '),
    ]),
  );
  return literal
    .replace(style[0], '')
    .replace(/ class="((?:fill|stroke)-\w+)"/g, (_, name: string) => ` ${rules.get(name) ?? ''}`);
}

/** `svg` is of the library's figures. */
export function DrawnFigure({ svg, paper }: { svg: string; paper: 'light' | 'dark' }) {
  return <div class="drawn-figure" dangerouslySetInnerHTML={{ __html: withoutStyleElement(svg, paper) }} />;
}
