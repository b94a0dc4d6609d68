/**
 * One line of a terminal that is rewritten in place. The cursor waits at its first character: when the terminal gets
 * narrower and wraps the line, everything of it still lies behind the cursor and can be erased.
 */

import type { Output } from '../host.ts';

const ERASE_LINE_END = '\x1b[K';
const ERASE_BELOW = '\x1b[J';

export class LiveRegion {
  readonly #output: Output;
  readonly #render: (columns: number) => string;
  readonly #unwatch: () => void;
  #shown = false;

  /** @param render the line for a width, at most columns − 1 characters wide */
  constructor(output: Output, render: (columns: number) => string) {
    this.#output = output;
    this.#render = render;
    this.#unwatch = output.onResize(() => {
      if (!this.#shown) return;
      this.#output.write(`\r${ERASE_BELOW}`);
      this.redraw();
    });
  }

  /** In one write, over what stands there, so that nothing flickers. */
  redraw(): void {
    this.#output.write(`${this.#render(this.#output.columns())}${ERASE_LINE_END}\r`);
    this.#shown = true;
  }

  /** Writes lines that stay above the live one. */
  print(text: string): void {
    this.#output.write(`${this.#shown ? ERASE_BELOW : ''}${text}`);
    if (this.#shown) this.redraw();
  }

  /** Removes the line. Closing twice does nothing. */
  close(): void {
    this.#unwatch();
    if (this.#shown) this.#output.write(ERASE_BELOW);
    this.#shown = false;
  }
}
