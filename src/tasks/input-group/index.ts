/** The graphs and groups that a task's inputs form, with their characters. */

export type { Axis } from './axis.ts';
export { cycleCosine, cycleSine, cyclicAxis, pairedFrequencies } from './cyclic.ts';
export { finiteAxis } from './finite.ts';
export { generatingClasses } from './generators.ts';
export { elementColumns, groupSize, type InputGroup, InputGroups } from './input-group.ts';
export { modularInputGroups } from './modular.ts';
export { powerInputGroups } from './powers.ts';
export { characterTransform } from './transform.ts';
