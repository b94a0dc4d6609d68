// What the links check needs to know of Markdown: headings and their anchors, links, and the code a reader may type.

/**
 * A document split into prose (code blanked out, line numbers kept) and code (everything in spans and fences).
 * @param {string} text
 * @returns {{ prose: string, code: { text: string, line: number }[] }}
 */
export function partsOf(text) {
  /** @type {{ text: string, line: number }[]} */
  const code = [];
  /** @type {string[]} */
  const prose = [];
  let fence = '';
  for (const [index, line] of text.split('\n').entries()) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence === '' && mark !== '') {
      fence = mark;
      prose.push('');
    } else if (fence !== '') {
      if (mark.startsWith(fence)) fence = '';
      else code.push({ text: line, line: index + 1 });
      prose.push('');
    } else {
      const rest = line.replace(/(`+)(.+?)\1(?!`)/g, (span, _ticks, content) => {
        code.push({ text: content.trim(), line: index + 1 });
        return ' '.repeat(span.length);
      });
      prose.push(rest);
    }
  }
  return { prose: prose.join('\n'), code };
}

/**
 * The anchors that GitHub gives a document: one for each heading, numbered when repeated, and explicit ids.
 * @param {string} text
 * @returns {Set<string>}
 */
export function anchorsOf(text) {
  const anchors = new Set();
  const lines = text.split('\n');
  const { prose } = partsOf(text);
  for (const [index, line] of prose.split('\n').entries()) {
    for (const [, id] of line.matchAll(/<[^>]*\s(?:id|name)="([^"]+)"/g)) anchors.add(id);
    if (!/^ {0,3}#{1,6}\s/.test(line)) continue;
    const slug = slugOf(lines[index].replace(/^ {0,3}#{1,6}\s+/, '').replace(/\s+#+\s*$/, ''));
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

/**
 * A heading's anchor: its visible text in lower case, without punctuation, spaces as hyphens.
 * @param {string} heading
 */
export function slugOf(heading) {
  return heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]+>/g, '')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replace(/ /g, '-');
}

/**
 * The targets of links and pictures, with their lines.
 * @param {string} text
 * @returns {{ target: string, line: number }[]}
 */
export function linksOf(text) {
  const { prose } = partsOf(text);
  const forms = [
    /\]\(\s*([^\s)<>]+)(?:\s+"[^"]*")?\s*\)/g, // [text](target "title")
    /\]\(\s*<([^<>]+)>(?:\s+"[^"]*")?\s*\)/g, // [text](<target with spaces>)
    /^\s*\[[^\]^][^\]]*\]:\s*<?([^\s<>]+)/g, // [label]: target
    /<(?:a|img|source)\s[^>]*?(?:href|src|srcset)="([^"\s]+)"/g, // HTML
  ];
  return prose
    .split('\n')
    .flatMap((content, index) =>
      forms.flatMap((form) => [...content.matchAll(form)].map(([, target]) => ({ target, line: index + 1 }))),
    );
}

/**
 * The commands of this project that a document's code names.
 * @param {string} text
 * @returns {{ tool: 'npm' | 'grokscope', name: string, line: number }[]}
 */
export function commandsOf(text) {
  return partsOf(text).code.flatMap(({ text: content, line }) => [
    ...[...content.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(([, script, short]) => ({
      tool: /** @type {const} */ ('npm'),
      name: script ?? short,
      line,
    })),
    ...[...content.matchAll(/(?:^|&&|\||;|\$|\bnpx)\s*grokscope ([a-z][\w-]*)/g)].map(([, name]) => ({
      tool: /** @type {const} */ ('grokscope'),
      name,
      line,
    })),
  ]);
}
