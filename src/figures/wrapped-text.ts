/** Paragraphs in figures, which SVG does not break into lines by itself. */
import { type TextOptions, text } from './svg.ts';
import { textWidth } from './text-width.ts';

/** Breaks `content` at spaces into lines of at most `room` px; a longer word stands alone. */
export function wrapped(content: string, room: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of content.split(' ')) {
    const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length > 0 && textWidth(longer, size) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Lines of text with their first baseline at y, and the height they take. */
export function paragraph(
  x: number,
  y: number,
  content: string,
  room: number,
  options: TextOptions = {},
): { parts: string[]; height: number } {
  const { size = 12 } = options;
  const lineHeight = Math.round(size * 1.4);
  const lines = wrapped(content, room, size);
  return {
    parts: lines.map((words, i) => text(x, y + i * lineHeight, words, options)),
    height: lines.length * lineHeight,
  };
}
