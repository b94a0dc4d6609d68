// Where a number was measured, as far as it matters to the number.

import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';

/**
 * @typedef {object} MachineNote
 * @property {string} cpu
 * @property {number} cores
 * @property {number} memory_gb
 * @property {string} platform
 * @property {string} node
 * @property {string} v8
 */

/** @returns {MachineNote} */
export function thisMachine() {
  return {
    cpu: cpus()[0]?.model.trim() || 'unknown',
    cores: availableParallelism(),
    memory_gb: Math.round(totalmem() / 1e8) / 10,
    platform: `${platform()} ${arch()}`,
    node: process.versions.node,
    v8: process.versions.v8,
  };
}

/** A short name for files: `amd-epyc-2-cores`. */
export function machineName() {
  const { cpu, cores } = thisMachine();
  const words = cpu.replace(/\((r|tm)\)|@.*$|\b(cpu|processor)\b/gi, ' ').match(/[a-z0-9]+/gi) ?? ['unknown'];
  return `${words.join('-').toLowerCase()}-${cores}-cores`;
}

/** Processes that wanted to run during the last minute, on average; 0 where the system does not say. */
export function load() {
  return Math.round(loadavg()[0] * 10) / 10;
}

/** Today in UTC: 2026-01-31. */
export function today() {
  return new Date().toISOString().slice(0, 10);
}
