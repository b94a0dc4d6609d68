/**
 * V8's revectoriser, which Node has behind a flag since version 24: it joins pairs of 128-bit vectors of a kernel to
 * 256-bit ones where the processor has them. The flag holds for the whole process, so that a library asks its user
 * first. It changes no bit, or is switched off again: a self-test decides (self-test.ts).
 */

/** What V8 was told: nothing, to join vectors, or not to do so any more, and why. */
export type Revectorizer =
  | { readonly state: 'off' | 'on' }
  | { readonly state: 'withdrawn'; readonly why: string };

type SetFlag = (flag: string) => void;

/** Versions of Node on which it was tested: an experimental compiler may not only err but end the process. */
const NODES = { first: 24, last: 26 } as const;
/** V8 optimises a function after so many bytes of code run, its default; and in a self-test almost at once. */
const USUAL_BUDGET = 13_000_000;
const TEST_BUDGET = 100;

let current: Revectorizer = { state: 'off' };
let setFlag: SetFlag = () => {};

/** The revectoriser of this process. */
export function revectorizer(): Revectorizer {
  return current;
}

/**
 * Lets V8 compile machines that are opened from now on to 256-bit code. Call it before the first one is opened, and in
 * the main thread. It does nothing but in Node 24 to 26 on x64, and nothing after the revectoriser was withdrawn.
 * @returns whether the revectoriser is on
 */
export async function allowRevectorizer(): Promise<boolean> {
  if (current.state !== 'off') return current.state === 'on';
  if (typeof process === 'undefined' || process.versions?.node === undefined) return false;
  const node = Number.parseInt(process.versions.node, 10);
  if (node < NODES.first || node > NODES.last || process.arch !== 'x64') return false;
  try {
    const v8 = await import(/* @vite-ignore */ 'node:v8');
    setFlag = (flag) => v8.setFlagsFromString(flag);
    setFlag('--experimental-wasm-revectorize');
    current = { state: 'on' };
    return true;
  } catch {
    return false; // Deno and Bun have the module, not the flag
  }
}

/** Switches the revectoriser off for whatever is compiled from now on, for good. */
export function withdrawRevectorizer(why: string): void {
  if (current.state === 'on') setFlag('--no-experimental-wasm-revectorize');
  current = { state: 'withdrawn', why };
}

/**
 * Lets V8 optimise every function that runs on the spot, or as usual again. Kernels are first compiled by a fast compiler
 * that does not revectorise; a test of its code would prove nothing.
 */
export function optimizeAtOnce(atOnce: boolean): void {
  setFlag(`--wasm-tiering-budget=${atOnce ? TEST_BUDGET : USUAL_BUDGET}`);
  setFlag(atOnce ? '--wasm-sync-tier-up' : '--no-wasm-sync-tier-up');
}

/**
 * Marks a module by an empty section, for V8 gives the code it has for a module to all modules of the same bytes, however
 * it was compiled.
 */
export function marked(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (current.state === 'off') return bytes;
  const name = new TextEncoder().encode(`revectorizer ${current.state}`);
  const section = [0, name.length + 1, name.length, ...name];
  const result = new Uint8Array(bytes.length + section.length);
  result.set(bytes);
  result.set(section, bytes.length);
  return result;
}
