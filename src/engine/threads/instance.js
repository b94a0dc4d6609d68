// One instance of the kernels. Every thread has its own, with its own globals, on the machine's one memory; this is the
// only place where instances are set up. JavaScript, not TypeScript: a worker of Node 20 loads it as it stands.

/**
 * @param {WebAssembly.Module} module the kernels, compiled once for all threads
 * @param {WebAssembly.Memory} memory
 * @returns {Promise<WebAssembly.Exports>} what the kernels export
 */
export async function openInstance(module, memory) {
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  return instance.exports;
}
