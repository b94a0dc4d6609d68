/** Keeps what stands after # in the address equal to the state of the lab, so that every view is a link. */

import { effect } from '@preact/signals';
import { writeAddress } from '../state/address.ts';
import type { Lab } from '../state/lab.ts';

/** Browsers refuse an address that changes more often than some hundred times in half a minute. */
const WRITE_EVERY = 300;

/** The state of the lab as a link that repeats the run. */
export function linkTo(lab: Lab): string {
  const link = new URL(location.href);
  link.hash = writeAddress(lab.address.value);
  return link.href;
}

export function followAddress(lab: Lab): void {
  let written = location.hash;
  let isDue = false;
  const write = () => {
    isDue = false;
    const link = linkTo(lab);
    written = new URL(link).hash;
    history.replaceState(null, '', link);
  };
  effect(() => {
    void lab.address.value;
    if (!isDue) setTimeout(write, WRITE_EVERY);
    isDue = true;
  });
  // Another link to the lab, pasted into the same window, opens the lab anew.
  addEventListener('hashchange', () => {
    if (location.hash !== written) location.reload();
  });
}
