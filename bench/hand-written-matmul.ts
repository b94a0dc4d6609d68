// The kernel the engine is measured against: y = x·W for 512 inputs and 113 outputs, its sizes and strides known to the
// compiler, one function for each shape of register tile. The arithmetic is the engine's: every output is a chain of fused
// multiply-adds in ascending order of the input, from zero. AssemblyScript, compiled by matmul.mjs when it is needed.
//
// x rows are 2,112 bytes apart (off the power of two, which would put all rows into the same few sets of the cache), y rows
// 480 bytes; W lies in panels as wide as the tile, so that the inner loop reads it in order. `rows` must be a multiple of
// `block`, and `block` of the height of the tile.

const INPUTS: usize = 512;
const OUTPUTS: usize = 113;
const PADDED_OUTPUTS: usize = 120;
const X_ROW: usize = 2112;
const Y_ROW: usize = 480;

/** Copies W, row-major [512, 113], into panels of `width` columns, [columns / width, 512, width], zeros beyond the last. */
export function pack(w: usize, panels: usize, width: usize): void {
  let to = panels;
  for (let first: usize = 0; first < PADDED_OUTPUTS; first += width) {
    for (let k: usize = 0; k < INPUTS; k++) {
      for (let column = first; column < first + width; column++) {
        store<f32>(to, column < OUTPUTS ? load<f32>(w + ((k * OUTPUTS + column) << 2)) : 0);
        to += 4;
      }
    }
  }
}

/** Tiles of 4 rows × 8 columns: 8 accumulators. */
export function multiply4x8(x: usize, panels: usize, y: usize, rows: usize, block: usize): void {
  for (let first: usize = 0; first < rows; first += block) {
    for (let column: usize = 0; column < PADDED_OUTPUTS; column += 8) {
      const panel = panels + ((column * INPUTS) << 2);
      for (let row = first; row < first + block; row += 4) {
        let a = x + row * X_ROW;
        let b = panel;
        const end = panel + (INPUTS << 5);
        let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
        while (b != end) {
          const b0 = v128.load(b), b1 = v128.load(b, 16);
          const a0 = v128.load32_splat(a);
          c00 = f32x4.relaxed_madd(a0, b0, c00);
          c01 = f32x4.relaxed_madd(a0, b1, c01);
          const a1 = v128.load32_splat(a, 2112);
          c10 = f32x4.relaxed_madd(a1, b0, c10);
          c11 = f32x4.relaxed_madd(a1, b1, c11);
          const a2 = v128.load32_splat(a, 4224);
          c20 = f32x4.relaxed_madd(a2, b0, c20);
          c21 = f32x4.relaxed_madd(a2, b1, c21);
          const a3 = v128.load32_splat(a, 6336);
          c30 = f32x4.relaxed_madd(a3, b0, c30);
          c31 = f32x4.relaxed_madd(a3, b1, c31);
          a += 4;
          b += 32;
        }
        const c = y + row * Y_ROW + (column << 2);
        v128.store(c, c00);
        v128.store(c, c01, 16);
        v128.store(c, c10, 480);
        v128.store(c, c11, 496);
        v128.store(c, c20, 960);
        v128.store(c, c21, 976);
        v128.store(c, c30, 1440);
        v128.store(c, c31, 1456);
      }
    }
  }
}

/** Tiles of 6 rows × 8 columns: 12 accumulators. */
export function multiply6x8(x: usize, panels: usize, y: usize, rows: usize, block: usize): void {
  for (let first: usize = 0; first < rows; first += block) {
    for (let column: usize = 0; column < PADDED_OUTPUTS; column += 8) {
      const panel = panels + ((column * INPUTS) << 2);
      for (let row = first; row < first + block; row += 6) {
        let a = x + row * X_ROW;
        let b = panel;
        const end = panel + (INPUTS << 5);
        let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00;
        let c30 = c00, c31 = c00, c40 = c00, c41 = c00, c50 = c00, c51 = c00;
        while (b != end) {
          const b0 = v128.load(b), b1 = v128.load(b, 16);
          const a0 = v128.load32_splat(a);
          c00 = f32x4.relaxed_madd(a0, b0, c00);
          c01 = f32x4.relaxed_madd(a0, b1, c01);
          const a1 = v128.load32_splat(a, 2112);
          c10 = f32x4.relaxed_madd(a1, b0, c10);
          c11 = f32x4.relaxed_madd(a1, b1, c11);
          const a2 = v128.load32_splat(a, 4224);
          c20 = f32x4.relaxed_madd(a2, b0, c20);
          c21 = f32x4.relaxed_madd(a2, b1, c21);
          const a3 = v128.load32_splat(a, 6336);
          c30 = f32x4.relaxed_madd(a3, b0, c30);
          c31 = f32x4.relaxed_madd(a3, b1, c31);
          const a4 = v128.load32_splat(a, 8448);
          c40 = f32x4.relaxed_madd(a4, b0, c40);
          c41 = f32x4.relaxed_madd(a4, b1, c41);
          const a5 = v128.load32_splat(a, 10560);
          c50 = f32x4.relaxed_madd(a5, b0, c50);
          c51 = f32x4.relaxed_madd(a5, b1, c51);
          a += 4;
          b += 32;
        }
        const c = y + row * Y_ROW + (column << 2);
        v128.store(c, c00);
        v128.store(c, c01, 16);
        v128.store(c, c10, 480);
        v128.store(c, c11, 496);
        v128.store(c, c20, 960);
        v128.store(c, c21, 976);
        v128.store(c, c30, 1440);
        v128.store(c, c31, 1456);
        v128.store(c, c40, 1920);
        v128.store(c, c41, 1936);
        v128.store(c, c50, 2400);
        v128.store(c, c51, 2416);
      }
    }
  }
}

/** Tiles of 4 rows × 12 columns: 12 accumulators. */
export function multiply4x12(x: usize, panels: usize, y: usize, rows: usize, block: usize): void {
  for (let first: usize = 0; first < rows; first += block) {
    for (let column: usize = 0; column < PADDED_OUTPUTS; column += 12) {
      const panel = panels + ((column * INPUTS) << 2);
      for (let row = first; row < first + block; row += 4) {
        let a = x + row * X_ROW;
        let b = panel;
        const end = panel + INPUTS * 48;
        let c00 = f32x4.splat(0), c01 = c00, c02 = c00, c10 = c00, c11 = c00, c12 = c00;
        let c20 = c00, c21 = c00, c22 = c00, c30 = c00, c31 = c00, c32 = c00;
        while (b != end) {
          const b0 = v128.load(b), b1 = v128.load(b, 16), b2 = v128.load(b, 32);
          const a0 = v128.load32_splat(a);
          c00 = f32x4.relaxed_madd(a0, b0, c00);
          c01 = f32x4.relaxed_madd(a0, b1, c01);
          c02 = f32x4.relaxed_madd(a0, b2, c02);
          const a1 = v128.load32_splat(a, 2112);
          c10 = f32x4.relaxed_madd(a1, b0, c10);
          c11 = f32x4.relaxed_madd(a1, b1, c11);
          c12 = f32x4.relaxed_madd(a1, b2, c12);
          const a2 = v128.load32_splat(a, 4224);
          c20 = f32x4.relaxed_madd(a2, b0, c20);
          c21 = f32x4.relaxed_madd(a2, b1, c21);
          c22 = f32x4.relaxed_madd(a2, b2, c22);
          const a3 = v128.load32_splat(a, 6336);
          c30 = f32x4.relaxed_madd(a3, b0, c30);
          c31 = f32x4.relaxed_madd(a3, b1, c31);
          c32 = f32x4.relaxed_madd(a3, b2, c32);
          a += 4;
          b += 48;
        }
        const c = y + row * Y_ROW + (column << 2);
        v128.store(c, c00);
        v128.store(c, c01, 16);
        v128.store(c, c02, 32);
        v128.store(c, c10, 480);
        v128.store(c, c11, 496);
        v128.store(c, c12, 512);
        v128.store(c, c20, 960);
        v128.store(c, c21, 976);
        v128.store(c, c22, 992);
        v128.store(c, c30, 1440);
        v128.store(c, c31, 1456);
        v128.store(c, c32, 1472);
      }
    }
  }
}
