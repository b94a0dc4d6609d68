/** Waiting for the lab: conditions over signals as promises that can be given up. */

import { effect } from '@preact/signals';

/**
 * Resolved when the condition holds, at once if it does already.
 * @param condition reads signals
 * @throws the reason of `given` when it is aborted before
 */
export function until(condition: () => boolean, given: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    given.throwIfAborted();
    let stop: (() => void) | undefined;
    const giveUp = () => {
      stop?.();
      reject(given.reason);
    };
    given.addEventListener('abort', giveUp, { once: true });
    let isMet = false;
    stop = effect(() => {
      if (isMet || !condition()) return;
      isMet = true;
      given.removeEventListener('abort', giveUp);
      resolve();
      // Within the first call there is nothing to stop yet.
      stop?.();
    });
    if (isMet) stop();
  });
}
