/** The names of the tasks. What each of them is stands in src/tasks/index.ts, which the compiler holds to this list. */

export const taskNames = ['modular'] as const;

export type TaskName = (typeof taskNames)[number];
