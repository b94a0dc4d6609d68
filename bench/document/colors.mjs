// One colour for each program in all figures of the performance page, out of the palette of the house.

/** @typedef {import('../../src/figures/palette.ts').Meaning} Meaning */

/** @type {Readonly<Record<string, { short: string, color: Meaning, dash?: string }>>} */
export const programs = {
  node24: { short: 'grokscope, Node 24', color: 'grokked' },
  node20: { short: 'grokscope, Node 20', color: 'grokked', dash: '5 3' },
  chromium: { short: 'grokscope, Chromium', color: 'grokked', dash: '2 3' },
  torch: { short: 'PyTorch eager', color: 'val' },
  'torch-compile': { short: 'torch.compile', color: 'val', dash: '5 3' },
  jax: { short: 'JAX jit', color: 'train' },
  'jax-js': { short: 'jax-js, Chromium', color: 'test' },
  tfjs: { short: 'TensorFlow.js, Chromium', color: 'test', dash: '5 3' },
};

/** @param {string} name */
export function programNamed(name) {
  return programs[name] ?? { short: name, color: /** @type {Meaning} */ ('muted') };
}
