/** What is kept of a long run: all at first, then every second evaluation, every fourth, … so that memory stays bounded. */

/** Evaluations from one kept to the next, once `evaluations` have been made and at most `most` are to be kept: a power of 2. */
export function strideOf(evaluations: number, most: number): number {
  let stride = 1;
  while (evaluations > most * stride) stride *= 2;
  return stride;
}

interface Kept<Item> {
  readonly evaluation: number;
  readonly item: Item;
}

/** Things of one run, each of a step; the first and the latest given are always among them, and those of pinned steps. */
export class Thinned<Item extends { readonly step: number }> {
  readonly #mostOf: (first: Item) => number;
  readonly #pinned: ReadonlySet<number>;
  #kept: readonly Kept<Item>[] = [];

  /**
   * @param mostOf how many things as large as this one may be kept, those of pinned steps not counted
   * @param pinned steps of which nothing is dropped
   */
  constructor(mostOf: (first: Item) => number, pinned: ReadonlySet<number> = new Set()) {
    this.#mostOf = mostOf;
    this.#pinned = pinned;
  }

  /** @param evaluation its place among the evaluations of the run, from 0 */
  add(evaluation: number, item: Item): void {
    const stride = strideOf(evaluation + 1, this.#mostOf(this.#kept[0]?.item ?? item));
    const isKept = (kept: Kept<Item>) => kept.evaluation % stride === 0 || this.#pinned.has(kept.item.step);
    const others = this.#kept.filter((kept) => isKept(kept) && kept.item.step < item.step);
    this.#kept = [...others, { evaluation, item }];
  }

  /** Ascending by step; a new array after each `add`. */
  get all(): readonly Item[] {
    return this.#kept.map(({ item }) => item);
  }
}
