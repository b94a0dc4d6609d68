/** Waiting for something that signals will say once. */

import { effect, untracked } from '@preact/signals';

/** Calls back with the first value that is not undefined. @param read reads signals */
export function whenKnown<Value>(read: () => Value | undefined, then: (value: Value) => void): void {
  let isOver = false;
  const stop = effect(() => {
    const value = read();
    if (value === undefined || isOver) return;
    isOver = true;
    // Not before `stop` has its value.
    queueMicrotask(() => stop());
    untracked(() => then(value));
  });
}
