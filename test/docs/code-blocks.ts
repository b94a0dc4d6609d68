/** The code blocks of a Markdown document, by language and what stands behind it. */

export interface CodeBlock {
  language: string;
  /** The rest of the fence's first line: a file name, or `test`. */
  info: string;
  text: string;
  /** Line of the first line of code, from 1. */
  line: number;
}

export function codeBlocks(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  for (const match of markdown.matchAll(/^```(\w+)(?: +(.+))?\n([\s\S]*?)^```$/gm)) {
    const [, language, info = '', text] = match;
    const line = markdown.slice(0, match.index).split('\n').length + 1;
    blocks.push({ language, info, text, line });
  }
  return blocks;
}
