/** The graphs and groups that a task's inputs form, with their characters. */

export type { Axis } from './axis.ts';
export { cycleCosine, cycleSine, cyclicAxis, pairedFrequencies } from './cyclic.ts';
export { elementColumns, groupSize, type InputGroup } from './input-group.ts';
export { type InputGroups, modularInputGroups } from './modular.ts';
export { characterTransform } from './transform.ts';
