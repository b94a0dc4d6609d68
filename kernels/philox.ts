// Philox4x32-10, the counter-based generator of J. Salmon et al., Parallel random numbers: as easy as 1, 2, 3 (SC 2011),
// bit for bit that of Random123; src/engine/philox.ts is the same on the host's side.

/** Writes the four u32 of counter (c0, c1, c2, c3) under key (k0, k1) to `out`. */
export function philox(c0: u32, c1: u32, c2: u32, c3: u32, k0: u32, k1: u32, out: usize): void {
  for (let round = 0; round < 10; round++) {
    const left = <u64>c0 * 0xd251_1f53;
    const right = <u64>c2 * 0xcd9e_8d57;
    c0 = <u32>(right >> 32) ^ c1 ^ k0;
    c1 = <u32>right;
    c2 = <u32>(left >> 32) ^ c3 ^ k1;
    c3 = <u32>left;
    k0 += 0x9e37_79b9; // 2³²·(golden ratio − 1)
    k1 += 0xbb67_ae85; // 2³²·(√3 − 1)
  }
  store<u32>(out, c0, 0);
  store<u32>(out, c1, 4);
  store<u32>(out, c2, 8);
  store<u32>(out, c3, 12);
}

/** A uniform number in [0, 1) from the top 24 bits: every value is a multiple of 2⁻²⁴. */
@inline
export function uniform32(bits: u32): f32 {
  return <f32>(bits >> 8) * <f32>(1.0 / 16777216.0);
}
