// Where a program is: which worker, lane and tile run, and how its operands are read from the instruction words.

export let worker: i32 = 0;
export let lane: i32 = 0;
export let tile: i32 = 0;
/** Examples in this tile. */
export let rows: i32 = 0;
/** Lanes that took part, for the sum over lanes. */
export let lanes: i32 = 0;

export function enter(w: i32, l: i32, t: i32, r: i32, used: i32): void {
  worker = w;
  lane = l;
  tile = t;
  rows = r;
  lanes = used;
}

@inline
export function word(at: usize, i: i32): i32 {
  return load<i32>(at + (<usize>i << 2));
}

/** An address: three words, base, kind (0 static, 1 worker, 2 lane, 3 tile) and stride. */
@inline
export function pointer(at: usize, i: i32): usize {
  const kind = word(at, i + 1);
  let index = 0;
  if (kind == 1) index = worker;
  else if (kind == 2) index = lane;
  else if (kind == 3) index = tile;
  return <usize>word(at, i) + <usize>(index * word(at, i + 2));
}

/** A number of iterations: two words, a factor and whether it is per example of the tile. */
@inline
export function times(at: usize, i: i32): i32 {
  const factor = word(at, i);
  return word(at, i + 1) != 0 ? factor * rows : factor;
}
