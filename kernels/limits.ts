// What a processor can do at most, for `grokscope doctor` to compare the kernels with: multiply-adds that wait for
// nothing, and what the caches give.

import { madd } from './madd';

/** Rounds of 12 multiply-adds of 128 bits in registers, on numbers that lie at `at` and stay as they are. */
export function multiplyAdds12(at: usize, rounds: i32): void {
  const x = f32x4.splat(0);
  let r0 = v128.load(at, 0), r1 = v128.load(at, 16), r2 = v128.load(at, 32), r3 = v128.load(at, 48);
  let r4 = v128.load(at, 64), r5 = v128.load(at, 80), r6 = v128.load(at, 96), r7 = v128.load(at, 112);
  let r8 = v128.load(at, 128), r9 = v128.load(at, 144), r10 = v128.load(at, 160), r11 = v128.load(at, 176);
  for (let i = 0; i < rounds; i++) {
    r0 = madd<f32>(x, x, r0);
    r1 = madd<f32>(x, x, r1);
    r2 = madd<f32>(x, x, r2);
    r3 = madd<f32>(x, x, r3);
    r4 = madd<f32>(x, x, r4);
    r5 = madd<f32>(x, x, r5);
    r6 = madd<f32>(x, x, r6);
    r7 = madd<f32>(x, x, r7);
    r8 = madd<f32>(x, x, r8);
    r9 = madd<f32>(x, x, r9);
    r10 = madd<f32>(x, x, r10);
    r11 = madd<f32>(x, x, r11);
  }
  v128.store(at, r0, 0);
  v128.store(at, r1, 16);
  v128.store(at, r2, 32);
  v128.store(at, r3, 48);
  v128.store(at, r4, 64);
  v128.store(at, r5, 80);
  v128.store(at, r6, 96);
  v128.store(at, r7, 112);
  v128.store(at, r8, 128);
  v128.store(at, r9, 144);
  v128.store(at, r10, 160);
  v128.store(at, r11, 176);
}

/** Rounds of 16: eight of 256 bits, as many as hide their latency, once an engine has joined them in pairs. */
export function multiplyAdds16(at: usize, rounds: i32): void {
  const x = f32x4.splat(0);
  let r0 = v128.load(at, 0), r1 = v128.load(at, 16), r2 = v128.load(at, 32), r3 = v128.load(at, 48);
  let r4 = v128.load(at, 64), r5 = v128.load(at, 80), r6 = v128.load(at, 96), r7 = v128.load(at, 112);
  let r8 = v128.load(at, 128), r9 = v128.load(at, 144), r10 = v128.load(at, 160), r11 = v128.load(at, 176);
  let r12 = v128.load(at, 192), r13 = v128.load(at, 208), r14 = v128.load(at, 224), r15 = v128.load(at, 240);
  for (let i = 0; i < rounds; i++) {
    r0 = madd<f32>(x, x, r0);
    r1 = madd<f32>(x, x, r1);
    r2 = madd<f32>(x, x, r2);
    r3 = madd<f32>(x, x, r3);
    r4 = madd<f32>(x, x, r4);
    r5 = madd<f32>(x, x, r5);
    r6 = madd<f32>(x, x, r6);
    r7 = madd<f32>(x, x, r7);
    r8 = madd<f32>(x, x, r8);
    r9 = madd<f32>(x, x, r9);
    r10 = madd<f32>(x, x, r10);
    r11 = madd<f32>(x, x, r11);
    r12 = madd<f32>(x, x, r12);
    r13 = madd<f32>(x, x, r13);
    r14 = madd<f32>(x, x, r14);
    r15 = madd<f32>(x, x, r15);
  }
  v128.store(at, r0, 0);
  v128.store(at, r1, 16);
  v128.store(at, r2, 32);
  v128.store(at, r3, 48);
  v128.store(at, r4, 64);
  v128.store(at, r5, 80);
  v128.store(at, r6, 96);
  v128.store(at, r7, 112);
  v128.store(at, r8, 128);
  v128.store(at, r9, 144);
  v128.store(at, r10, 160);
  v128.store(at, r11, 176);
  v128.store(at, r12, 192);
  v128.store(at, r13, 208);
  v128.store(at, r14, 224);
  v128.store(at, r15, 240);
}

/** Copies whole blocks of 64 bytes. */
export function copyBlocks(from: usize, to: usize, bytes: usize): void {
  for (const end = to + bytes; to != end; to += 64) {
    const x = v128.load(from), y = v128.load(from, 16), z = v128.load(from, 32), w = v128.load(from, 48);
    v128.store(to, x);
    v128.store(to, y, 16);
    v128.store(to, z, 32);
    v128.store(to, w, 48);
    from += 64;
  }
}

/** Adds whole blocks of 32 bytes to others. */
export function addBlocks(from: usize, to: usize, bytes: usize): void {
  for (const end = to + bytes; to != end; to += 32) {
    const x = f32x4.add(v128.load(to), v128.load(from)), y = f32x4.add(v128.load(to, 16), v128.load(from, 16));
    v128.store(to, x);
    v128.store(to, y, 16);
    from += 32;
  }
}
