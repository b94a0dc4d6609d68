// The documents that the lab links to, as pages of its own: docs/NAME.md → docs/NAME.html beside the page, with the anchors
// that GitHub gives, so that a link to docs/measures.md#spectrum leads to the same section in both.

import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { Marked } from 'marked';
import { slugOf } from './markdown.mjs';
import { root } from './run.mjs';

/** In the order of their pages' heads. Each is a download, so only what the lab links to. */
export const labDocuments = ['measures', 'science', 'theory', 'claims', 'trials-findings', 'reproductions'];

/**
 * A document as a page.
 * @param {string} name without folder and ending
 * @param {string} [markdown] its text, by default that of docs/NAME.md
 */
export function documentPage(name, markdown = readFileSync(join(root, 'docs', `${name}.md`), 'utf8')) {
  const title = titleOf(markdown);
  const others = labDocuments.map((one) => {
    const current = one === name ? ' aria-current="page"' : '';
    return `<li><a href="${one}.html"${current}>${escaped(one === name ? title : titleOf(textOf(one)))}</a></li>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)} · grokscope</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="document.css">
</head>
<body>
<header><a href="../">grokscope lab</a><nav aria-label="Documents"><ul>${others.join('')}</ul></nav></header>
<main>
${bodyOf(markdown)}</main>
</body>
</html>
`;
}

/** @param {string} name */
function textOf(name) {
  return readFileSync(join(root, 'docs', `${name}.md`), 'utf8');
}

/** @param {string} markdown */
function titleOf(markdown) {
  return /^# (.+)$/m.exec(markdown)?.[1] ?? '';
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** @param {string} markdown */
function bodyOf(markdown) {
  /** @type {Set<string>} */
  const anchors = new Set();
  const marked = new Marked({
    gfm: true,
    renderer: {
      heading({ tokens, depth, text }) {
        const slug = slugOf(text);
        let anchor = slug;
        for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${count}`;
        anchors.add(anchor);
        return `<h${depth} id="${anchor}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens);
        const target = shippedTarget(href);
        return target === undefined ? words : `<a href="${escaped(target)}">${words}</a>`;
      },
      // Long lines scroll by themselves, as wide tables do, for the keyboard too.
      code: ({ text }) => `<pre tabindex="0"><code>${escaped(text)}</code></pre>\n`,
      // Pictures are not among the files of the lab.
      image: () => '',
      paragraph({ tokens }) {
        const words = this.parser.parseInline(tokens).trim();
        return words === '' ? '' : `<p>${words}</p>\n`;
      },
      table({ header, rows }) {
        /** @param {typeof header} cells @param {string} kind */
        const row = (cells, kind) => {
          // A corner without words is no head of anything.
          const parts = cells.map(({ tokens, text }) => {
            const tag = text === '' ? 'td' : kind;
            return `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`;
          });
          return `<tr>${parts.join('')}</tr>\n`;
        };
        return `<div class="table" tabindex="0" role="group" aria-label="Table"><table>\n<thead>${row(header, 'th')}</thead>\n<tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table></div>\n`;
      },
    },
  });
  return /** @type {string} */ (marked.parse(markdown, { async: false }));
}

/**
 * Where a link of a document leads from its page; undefined where that is no page of the lab.
 * @param {string} href
 */
function shippedTarget(href) {
  if (/^(https:|#)/.test(href)) return href;
  const [path = '', anchor] = href.split('#');
  const name = /^docs\/([\w-]+)\.md$/.exec(posix.join('docs', path))?.[1];
  if (name === undefined || !labDocuments.includes(name)) return undefined;
  return `${name}.html${anchor === undefined ? '' : `#${anchor}`}`;
}
