import { expect, test } from 'vitest';
import type { Output } from '../host.ts';
import { LiveRegion } from './live-region.ts';

const token = new RegExp(`${String.fromCharCode(27)}\\[[KJ]|[\\s\\S]`, 'g');

/** A terminal of one column width at a time, as far as a line that is rewritten needs it: \r, \n, erasing, wrapping. */
class Screen implements Output {
  readonly isTerminal = true;
  writes = 0;
  #lines = [''];
  #row = 0;
  #column = 0;
  #width: number;
  #listener = () => {};

  constructor(width: number) {
    this.#width = width;
  }

  columns(): number {
    return this.#width;
  }

  onResize(listener: () => void): () => void {
    this.#listener = listener;
    return () => {
      this.#listener = () => {};
    };
  }

  /** Narrows as terminals do that reflow: the line under the cursor wraps, the cursor stays at its first character. */
  narrow(width: number): void {
    this.#width = width;
    const wrapped = this.#lines.flatMap((line) => line.match(new RegExp(`.{1,${width}}`, 'g')) ?? ['']);
    this.#row = this.#lines
      .slice(0, this.#row)
      .reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / width)), 0);
    this.#lines = wrapped;
    this.#listener();
  }

  write(text: string): void {
    this.writes += 1;
    for (const one of text.match(token) ?? []) this.#take(one);
  }

  #take(one: string): void {
    const line = this.#lines[this.#row] ?? '';
    if (one === '\r') this.#column = 0;
    else if (one === '\n') {
      this.#row += 1;
      this.#column = 0;
      this.#lines[this.#row] ??= '';
    } else if (one === '\x1b[K') this.#lines[this.#row] = line.slice(0, this.#column);
    else if (one === '\x1b[J') {
      this.#lines = [...this.#lines.slice(0, this.#row), line.slice(0, this.#column)];
    } else {
      this.#lines[this.#row] =
        line.slice(0, this.#column).padEnd(this.#column) + one + line.slice(this.#column + 1);
      this.#column += 1;
    }
  }

  get text(): string {
    return this.#lines.join('\n');
  }
}

test('the line is rewritten in one write, and shorter text leaves nothing behind', () => {
  const screen = new Screen(40);
  let line = 'a long line';
  const live = new LiveRegion(screen, () => line);
  live.redraw();
  line = 'short';
  const before = screen.writes;
  live.redraw();
  expect(screen.writes).toBe(before + 1);
  expect(screen.text).toBe('short');
});

test('printed lines stay above it', () => {
  const screen = new Screen(40);
  const live = new LiveRegion(screen, () => 'live line');
  live.print('first\n');
  live.redraw();
  live.print('second\nthird\n');
  expect(screen.text).toBe('first\nsecond\nthird\nlive line');
});

test('closed, it is gone, and what was printed stays', () => {
  const screen = new Screen(40);
  const live = new LiveRegion(screen, () => 'live line');
  live.redraw();
  live.print('kept\n');
  live.close();
  live.close();
  expect(screen.text).toBe('kept\n');
  screen.narrow(20);
  expect(screen.text).toBe('kept\n');
});

test('a terminal that gets narrower keeps no piece of the old line', () => {
  const screen = new Screen(40);
  const live = new LiveRegion(screen, (columns) => 'x'.repeat(columns - 1));
  live.print('above\n');
  live.redraw();
  screen.narrow(15);
  expect(screen.text).toBe(`above\n${'x'.repeat(14)}`);
});
