/** The real cube root by Newton's iteration: the same bits everywhere, unlike Math.cbrt and Math.pow. */

/** ∛x for x > 0 (and 0 for 0), within a few units of the last place. */
export function cubeRoot(x: number): number {
  if (x === 0) return 0;
  let root = x > 1 ? x : 1; // at or above the root, from where Newton descends
  for (;;) {
    const next = (2 * root + x / (root * root)) / 3;
    if (!(next < root)) return root;
    root = next;
  }
}
