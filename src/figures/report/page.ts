/** An HTML page that needs nothing else: its styles, and elements as strings. */
import { type Paper, palette } from '../palette.ts';
import { escaped } from '../svg.ts';

function colors(paper: Paper): string {
  const { paper: background, ink, muted, grid } = palette[paper];
  return `--paper:${background};--ink:${ink};--muted:${muted};--grid:${grid}`;
}

/** Below this width in px the figures for phones are shown. */
const PHONE = 640;

const styles = `
:root{color-scheme:light dark;${colors('light')}}
@media (prefers-color-scheme:dark){:root{${colors('dark')}}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue','Noto Sans','DejaVu Sans',Arial,sans-serif}
main{max-width:70rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.8rem;line-height:1.2;margin:0 0 .5rem;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:2.5rem 0 .75rem;padding-bottom:.25rem;border-bottom:1px solid var(--grid)}
p{max-width:44rem;margin:.5rem 0}
.muted{color:var(--muted)}
table{border-collapse:collapse}
th,td{text-align:left;vertical-align:top;padding:.3rem 1.5rem .3rem 0;border-bottom:1px solid var(--grid);font-weight:400}
td{font-variant-numeric:tabular-nums;white-space:nowrap;padding-right:0}
thead th{color:var(--muted);font-size:.875rem}
/* Words in figures stand below those of the page. */
figure{margin:0 0 1rem -14px}
figure svg{display:block}
.row{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:1rem}
.maps{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr));gap:.5rem 1.5rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.5rem;margin:.75rem 0}
dt{color:var(--muted)}
dd{margin:0;overflow-wrap:anywhere}
pre{overflow-x:auto;margin:.75rem 0;padding:.75rem 1rem;border:1px solid var(--grid);border-radius:4px}
pre,code{font:.84rem/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace}
.phone{display:none}
@media screen and (max-width:${PHONE}px){
.phone{display:block}
.wide{display:none}
th{padding-right:.75rem}
dl{grid-template-columns:1fr;gap:0}
dd{margin-bottom:.5rem}
}
@media print{
body{font-size:10pt}
main{max-width:none;padding:0}
h2{break-after:avoid}
figure,tr,dl{break-inside:avoid}
pre{white-space:pre-wrap;overflow-wrap:anywhere}
}
`;

/** The whole document; `body` is markup, `ownStyles` are rules beside those of every page. */
export function page(title: string, body: readonly string[], ownStyles = ''): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="grokscope">
<title>${escaped(title)}</title>
<style>${styles}${ownStyles}</style>
</head>
<body>
<main>
${body.join('\n')}
</main>
</body>
</html>
`;
}

/** A part of the page under its heading; left out when it has no content. Content is markup. */
export function section(heading: string, ...content: readonly string[]): string[] {
  const shown = content.filter((part) => part !== '');
  return shown.length > 0 ? ['<section>', `<h2>${escaped(heading)}</h2>`, ...shown, '</section>'] : [];
}

/** A paragraph of plain text. */
export function plain(words: string): string {
  return words === '' ? '' : `<p>${escaped(words)}</p>`;
}

/** A table of plain text with a heading for each column; the first cell of a row is its heading. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('');
  const body = rows.map(
    ([first, ...others]) =>
      `<tr><th scope="row">${escaped(first)}</th>${others.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
  );
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table>`;
}

/** A figure drawn for wide pages and again for phones, where it has larger text for its size. */
export function responsiveFigure(draw: (width: number) => string | null, width: number): string {
  const [wide, phone] = [draw(width), draw(PHONE / 2 + 20)];
  if (wide === null || phone === null) return '';
  return `<figure>\n<div class="wide">${wide}</div>\n<div class="phone">${phone}</div>\n</figure>`;
}

/** A figure that is small enough for every page. */
export function smallFigure(svg: string): string {
  return `<figure>${svg}</figure>`;
}
