// What this processor can do at most under WebAssembly: chains of fused multiply-adds that touch no memory, and sums that only
// read and write it. AssemblyScript, compiled by roofline.mjs when it is needed.

/** Multiply-adds of one turn: 12 vectors of 4. */
export const NARROW_MADDS: i32 = 48;

/** Multiply-adds of one turn: 8 pairs of vectors of 4. */
export const WIDE_MADDS: i32 = 64;

/** Turns of 12 chains a ← a·x + y, as many as 16 registers hold; 12 vectors lie at `at`, behind them x and y. */
export function narrow(at: usize, turns: i32): void {
  const x0 = v128.load(at, 192);
  const y0 = v128.load(at, 208);
  let a0 = v128.load(at, 0);
  let b0 = v128.load(at, 16);
  let c0 = v128.load(at, 32);
  let d0 = v128.load(at, 48);
  let e0 = v128.load(at, 64);
  let f0 = v128.load(at, 80);
  let g0 = v128.load(at, 96);
  let h0 = v128.load(at, 112);
  let i0 = v128.load(at, 128);
  let j0 = v128.load(at, 144);
  let k0 = v128.load(at, 160);
  let l0 = v128.load(at, 176);
  for (let turn = 0; turn < turns; turn++) {
    a0 = f32x4.relaxed_madd(a0, x0, y0);
    b0 = f32x4.relaxed_madd(b0, x0, y0);
    c0 = f32x4.relaxed_madd(c0, x0, y0);
    d0 = f32x4.relaxed_madd(d0, x0, y0);
    e0 = f32x4.relaxed_madd(e0, x0, y0);
    f0 = f32x4.relaxed_madd(f0, x0, y0);
    g0 = f32x4.relaxed_madd(g0, x0, y0);
    h0 = f32x4.relaxed_madd(h0, x0, y0);
    i0 = f32x4.relaxed_madd(i0, x0, y0);
    j0 = f32x4.relaxed_madd(j0, x0, y0);
    k0 = f32x4.relaxed_madd(k0, x0, y0);
    l0 = f32x4.relaxed_madd(l0, x0, y0);
  }
  v128.store(at, a0, 0);
  v128.store(at, b0, 16);
  v128.store(at, c0, 32);
  v128.store(at, d0, 48);
  v128.store(at, e0, 64);
  v128.store(at, f0, 80);
  v128.store(at, g0, 96);
  v128.store(at, h0, 112);
  v128.store(at, i0, 128);
  v128.store(at, j0, 144);
  v128.store(at, k0, 160);
  v128.store(at, l0, 176);
}

/**
 * Turns of 8 chains a ← a·x + y of pairs of vectors, which engines that join adjacent ones make into vectors of 256 bits; 16
 * vectors lie at `at`, behind them x and y, two each.
 */
export function wide(at: usize, turns: i32): void {
  const x0 = v128.load(at, 256);
  const x1 = v128.load(at, 272);
  const y0 = v128.load(at, 288);
  const y1 = v128.load(at, 304);
  let a0 = v128.load(at, 0);
  let a1 = v128.load(at, 16);
  let b0 = v128.load(at, 32);
  let b1 = v128.load(at, 48);
  let c0 = v128.load(at, 64);
  let c1 = v128.load(at, 80);
  let d0 = v128.load(at, 96);
  let d1 = v128.load(at, 112);
  let e0 = v128.load(at, 128);
  let e1 = v128.load(at, 144);
  let f0 = v128.load(at, 160);
  let f1 = v128.load(at, 176);
  let g0 = v128.load(at, 192);
  let g1 = v128.load(at, 208);
  let h0 = v128.load(at, 224);
  let h1 = v128.load(at, 240);
  for (let turn = 0; turn < turns; turn++) {
    a0 = f32x4.relaxed_madd(a0, x0, y0);
    a1 = f32x4.relaxed_madd(a1, x1, y1);
    b0 = f32x4.relaxed_madd(b0, x0, y0);
    b1 = f32x4.relaxed_madd(b1, x1, y1);
    c0 = f32x4.relaxed_madd(c0, x0, y0);
    c1 = f32x4.relaxed_madd(c1, x1, y1);
    d0 = f32x4.relaxed_madd(d0, x0, y0);
    d1 = f32x4.relaxed_madd(d1, x1, y1);
    e0 = f32x4.relaxed_madd(e0, x0, y0);
    e1 = f32x4.relaxed_madd(e1, x1, y1);
    f0 = f32x4.relaxed_madd(f0, x0, y0);
    f1 = f32x4.relaxed_madd(f1, x1, y1);
    g0 = f32x4.relaxed_madd(g0, x0, y0);
    g1 = f32x4.relaxed_madd(g1, x1, y1);
    h0 = f32x4.relaxed_madd(h0, x0, y0);
    h1 = f32x4.relaxed_madd(h1, x1, y1);
  }
  v128.store(at, a0, 0);
  v128.store(at, a1, 16);
  v128.store(at, b0, 32);
  v128.store(at, b1, 48);
  v128.store(at, c0, 64);
  v128.store(at, c1, 80);
  v128.store(at, d0, 96);
  v128.store(at, d1, 112);
  v128.store(at, e0, 128);
  v128.store(at, e1, 144);
  v128.store(at, f0, 160);
  v128.store(at, f1, 176);
  v128.store(at, g0, 192);
  v128.store(at, g1, 208);
  v128.store(at, h0, 224);
  v128.store(at, h1, 240);
}

/** to[i] = from[i] + to[i] over `bytes` (a multiple of 64): two reads and a write for each addition. */
export function addInPlace(from: usize, to: usize, bytes: usize): void {
  const end = from + bytes;
  for (; from < end; from += 64, to += 64) {
    v128.store(to, f32x4.add(v128.load(from), v128.load(to)));
    v128.store(to, f32x4.add(v128.load(from, 16), v128.load(to, 16)), 16);
    v128.store(to, f32x4.add(v128.load(from, 32), v128.load(to, 32)), 32);
    v128.store(to, f32x4.add(v128.load(from, 48), v128.load(to, 48)), 48);
  }
}
