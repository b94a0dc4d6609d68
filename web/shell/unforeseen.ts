/** Errors that no part of the page caught: said once each, instead of a button that silently does nothing. */

import type { Signal } from '@preact/signals';

/** Browsers report by it that a layout took two frames; nothing is wrong then. */
const harmless = /^ResizeObserver loop/;

/** @param faults where the page says what went wrong */
export function sayUnforeseen(faults: Signal<readonly string[]>): void {
  const say = (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    if (harmless.test(reason)) return;
    const sentence = `Something went wrong in the page: ${reason.replace(/\.$/, '')}. Reload it if a part of it does not answer.`;
    if (!faults.value.includes(sentence)) faults.value = [...faults.value, sentence];
  };
  addEventListener('error', ({ error, message }) => say(error ?? message));
  addEventListener('unhandledrejection', ({ reason }) => say(reason));
}
