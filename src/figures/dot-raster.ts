/** Curves on a terminal: a grid of characters, each a block of dots (braille, 2 × 4) or a single one (plain ASCII). */

/** Bits of the braille patterns from U+2800 on, by row and column of the dot (Unicode chapter 21.1). */
const BRAILLE_BITS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

export interface RasterCell<Owner> {
  readonly character: string;
  /** Whose dot was set here last. */
  readonly owner: Owner;
}

/** A drawing surface of columns × rows characters; dots have their origin at the top left. */
export class DotRaster<Owner> {
  /** Dots across and down. */
  readonly width: number;
  readonly height: number;
  readonly #columns: number;
  readonly #ascii: ((owner: Owner) => string) | undefined;
  readonly #bits: Uint8Array;
  readonly #owners: (Owner | undefined)[];

  /** With `ascii`, which names the character of an owner, there is one dot per character instead of eight. */
  constructor(columns: number, rows: number, ascii?: (owner: Owner) => string) {
    this.#columns = columns;
    this.#ascii = ascii;
    this.width = columns * (ascii ? 1 : 2);
    this.height = rows * (ascii ? 1 : 4);
    this.#bits = new Uint8Array(columns * rows);
    this.#owners = new Array(columns * rows);
  }

  /** Sets a dot; outside of the surface nothing happens. */
  set(x: number, y: number, owner: Owner): void {
    if (!(x >= 0 && x < this.width && y >= 0 && y < this.height)) return;
    const [across, down] = this.#ascii ? [1, 1] : [2, 4];
    const cell = Math.floor(y / down) * this.#columns + Math.floor(x / across);
    this.#bits[cell] |= BRAILLE_BITS[y % down][x % across];
    this.#owners[cell] = owner;
  }

  /** A straight line of dots between two dots (Bresenham 1965); `visible` can leave columns out. */
  line(x0: number, y0: number, x1: number, y1: number, owner: Owner, visible = (_x: number) => true): void {
    const [dx, dy] = [Math.abs(x1 - x0), -Math.abs(y1 - y0)];
    const [stepX, stepY] = [Math.sign(x1 - x0), Math.sign(y1 - y0)];
    let [x, y, error] = [x0, y0, dx + dy];
    for (;;) {
      if (visible(x)) this.set(x, y, owner);
      if (x === x1 && y === y1) return;
      const twice = 2 * error;
      if (twice >= dy) {
        error += dy;
        x += stepX;
      }
      if (twice <= dx) {
        error += dx;
        y += stepY;
      }
    }
  }

  /** What is in a character's place, undefined if no dot is set there. */
  at(column: number, row: number): RasterCell<Owner> | undefined {
    const cell = row * this.#columns + column;
    const owner = this.#owners[cell];
    if (this.#bits[cell] === 0 || owner === undefined) return undefined;
    const character = this.#ascii ? this.#ascii(owner) : String.fromCharCode(0x2800 + this.#bits[cell]);
    return { character, owner };
  }
}
