/** The page's side of the service worker: it is put in place, threads are made possible, and a new version is noticed. */

import { type ReadonlySignal, signal } from '@preact/signals';
import type { VersionMessage } from './version-message.ts';

const replaced = signal(false);
const kept = signal(false);

/** Whether a newer version of the lab is in place than the page that is open. */
export const isReplaced: ReadonlySignal<boolean> = replaced;

/** Whether the page can be opened without network. */
export const isKept: ReadonlySignal<boolean> = kept;

/** Remembers, for this tab, that the page was loaded anew for the headers: never twice in a row. */
const RELOADED = 'grokscope-lab-reloaded';

/**
 * Keeps the page for use without network, except where `grokscope lab` serves it: there the machine itself is the network, and
 * a service worker left behind would stand before whatever uses that port next.
 * @param mayReload whether loading the page anew would disturb nobody; done once where that brings shared memory
 */
export async function keepOffline(mayReload: () => boolean): Promise<void> {
  const container = globalThis.isSecureContext ? navigator.serviceWorker : undefined;
  if (container === undefined) return;
  try {
    if (await isServedByLab()) {
      await (await container.getRegistration('./'))?.unregister();
      return;
    }
    container.addEventListener('message', ({ data }: MessageEvent<VersionMessage>) => {
      if (data.kind === 'lab-version')
        replaced.value = !loadedFiles().every((url) => data.files.includes(url));
    });
    const registration = await container.register(new URL('service-worker.js', document.baseURI));
    addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') registration.update().catch(() => {}); // no network: next time
    });
    await container.ready;
    await controlled(container);
    kept.value = true;
    if (mayReload()) reloadForThreads();
  } catch {
    // Storage is full or switched off: the lab works as before, with network.
  }
}

async function isServedByLab(): Promise<boolean> {
  const answer = await fetch(new URL('./', document.baseURI), { method: 'HEAD' });
  // A body that nobody reads, even one of no bytes, is a failed request to Chromium.
  await answer.arrayBuffer();
  return answer.headers.has('Grokscope-Runs');
}

/** Scripts and styles that this page was made of. */
function loadedFiles(): string[] {
  const scripts = [...document.querySelectorAll<HTMLScriptElement>('script[src]')].map(({ src }) => src);
  const styles = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
  return [...scripts, ...styles.map(({ href }) => href)];
}

/** Waits until the service worker answers for this page; at a reload past the cache it never does. */
async function controlled(container: ServiceWorkerContainer): Promise<void> {
  if (container.controller !== null) return;
  await new Promise((taken) => container.addEventListener('controllerchange', taken, { once: true }));
}

function reloadForThreads(): void {
  if (globalThis.crossOriginIsolated) {
    sessionStorage.removeItem(RELOADED);
    return;
  }
  if (sessionStorage.getItem(RELOADED) !== null) return;
  sessionStorage.setItem(RELOADED, 'yes');
  location.reload();
}
