/** A page that finds out what the browser offers to the engine, and leaves it in `window.abilities`. */

export interface Abilities {
  /** ⌊√2 · 10²⁰⌋, by Newton's method on integers. */
  bigRoot: string;
  /** What a SIMD kernel made of 1…4: the squares' lanes. */
  squares: number[];
  isolated: boolean;
}

declare global {
  interface Window {
    abilities?: Abilities;
  }
}

// (module (memory (export "memory") 1)
//   (func (export "square") (v128.store (i32.const 0) (f32x4.mul (v128.load (i32.const 0)) (v128.load (i32.const 0))))))
const squareKernel = [
  [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic, version
  [0x01, 0x04, 0x01, 0x60, 0x00, 0x00], // types: () → ()
  [0x03, 0x02, 0x01, 0x00], // functions: one, of type 0
  [0x05, 0x03, 0x01, 0x00, 0x01], // memories: one page
  [0x07, 0x13, 0x02], // exports: two
  [0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00], // "memory"
  [0x06, 0x73, 0x71, 0x75, 0x61, 0x72, 0x65, 0x00, 0x00], // "square"
  [0x0a, 0x19, 0x01, 0x17, 0x00], // code: one body without locals
  [0x41, 0x00], // i32.const 0
  [0x41, 0x00, 0xfd, 0x00, 0x04, 0x00], // v128.load
  [0x41, 0x00, 0xfd, 0x00, 0x04, 0x00], // v128.load
  [0xfd, 0xe6, 0x01], // f32x4.mul
  [0xfd, 0x0b, 0x04, 0x00], // v128.store
  [0x0b],
].flat();

async function squares(): Promise<number[]> {
  const { instance } = await WebAssembly.instantiate(new Uint8Array(squareKernel));
  const { memory, square } = instance.exports as { memory: WebAssembly.Memory; square: () => void };
  const lanes = new Float32Array(memory.buffer, 0, 4);
  lanes.set([1, 2, 3, 4]);
  square();
  return [...lanes];
}

function integerRoot(n: bigint): bigint {
  let root = n;
  for (let next = (root + 1n) / 2n; next < root; next = (root + n / root) / 2n) root = next;
  return root;
}

window.abilities = {
  bigRoot: integerRoot(2n * 10n ** 40n).toString(),
  squares: await squares(),
  isolated: crossOriginIsolated && typeof SharedArrayBuffer === 'function',
};
