/**
 * Keeps the built page for use without network, and gives its files the headers for shared memory where the host does not. The
 * page itself is asked of the network first, so that a new version is seen at the next load; files have the hash of their
 * content in their names and come from the cache. Built apart, into one script (web/offline/service-worker.config.ts).
 */

import { isolated, kindOf } from './isolation.ts';
import type { VersionMessage } from './version-message.ts';

/** Put before this script by its build: every file of the page, `./` being the page itself, and their hash. */
declare const LAB_FILES: readonly string[];
declare const LAB_VERSION: string;

interface WaitingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface AskedEvent extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

/** The part of the scope of service workers that is used; TypeScript cannot have it beside that of pages. */
interface Scope {
  readonly registration: { readonly scope: string };
  readonly clients: {
    claim(): Promise<void>;
    matchAll(which: {
      includeUncontrolled: boolean;
    }): Promise<readonly { postMessage(message: VersionMessage): void }[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(kind: 'install' | 'activate', listener: (event: WaitingEvent) => void): void;
  addEventListener(kind: 'fetch', listener: (event: AskedEvent) => void): void;
}

const worker = self as unknown as Scope;
const { scope } = worker.registration;
/** Several labs may stand on one host, which has one storage for all. */
const prefix = `grokscope-lab ${scope} `;

/** Ms after which a page that is kept is shown though the network has not answered yet. */
const PATIENCE = 4000;

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('fetch', (event) => {
  const kind = kindOf(event.request, scope);
  if (kind === 'page') event.respondWith(page(event.request).then(isolated));
  if (kind === 'file') event.respondWith(file(event.request).then(isolated));
});

/** All files or, where one is missing because the host is just being given a new version, none. */
async function install(): Promise<void> {
  const cache = await caches.open(prefix + LAB_VERSION);
  await cache.addAll(
    LAB_FILES.map(
      // What has no hash in its name may be an older one in the browser's own cache.
      (path) =>
        new Request(new URL(path, scope), { cache: path.startsWith('assets/') ? 'default' : 'no-cache' }),
    ),
  );
  await worker.skipWaiting();
}

/** The version before is kept: a page of it that is still open may need its files. */
async function activate(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix));
  const others = names.filter((name) => name !== prefix + LAB_VERSION);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  await worker.clients.claim();
  const files = LAB_FILES.map((path) => new URL(path, scope).href);
  for (const client of await worker.clients.matchAll({ includeUncontrolled: true })) {
    client.postMessage({ kind: 'lab-version', files });
  }
}

async function page(request: Request): Promise<Response> {
  const cache = await caches.open(prefix + LAB_VERSION);
  const kept = await cache.match(scope, { ignoreVary: true });
  if (kept === undefined) return fetch(request);
  const asked = fetch(request).then(
    // A redirection has status 0 here and is for the browser to follow.
    (answer) => (answer.ok || answer.status === 0 ? answer : kept),
    () => kept,
  );
  const late = new Promise<Response>((given) => setTimeout(() => given(kept), PATIENCE));
  return Promise.race([asked, late]);
}

async function file(request: Request): Promise<Response> {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix));
  // A document has the same name in every version: that of this one comes first.
  for (const name of new Set([prefix + LAB_VERSION, ...names.reverse()])) {
    const kept = await (await caches.open(name)).match(request, { ignoreVary: true });
    if (kept !== undefined) return kept;
  }
  return fetch(request);
}
