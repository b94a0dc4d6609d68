/** Configuration with files: everything of `index.ts`, and reading from disk. For Node only. */
export * from './index.ts';
export { loadExperiment } from './load.ts';
export { listPresets, type Preset } from './presets.ts';
