/**
 * Which requests the server of the lab hears at all: reading ones, for a path of its own, from a page of its own. What
 * is refused here could come from another site in the same browser: by a name that was made to lead to this machine (DNS
 * rebinding, seen by its Host) or by a script elsewhere (seen by its Origin or Sec-Fetch-Site).
 */

import { isIP } from 'node:net';
import { type Answer, refusal } from './answer.ts';

/** Longer than any path of the page and any name of a run. */
export const LONGEST_URL = 2048;

/** What is looked at of a request. */
export interface Asked {
  readonly method: string;
  /** The target as it was sent, nothing decoded. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Under which names a server may be called. */
export interface Names {
  readonly port: number;
  /** Names in lower case, IPv6 addresses without brackets. */
  readonly hosts: readonly string[];
  /** Whether every address is welcome, as on a server that was opened to the network: no name leads there by rebinding. */
  readonly anyAddress: boolean;
}

/** The refusal of a request, undefined for one that is heard. */
export function refused(asked: Asked, names: Names): Answer | undefined {
  const { method, url, headers } = asked;
  if (method !== 'GET' && method !== 'HEAD') {
    return refusal(405, `the lab is read-only: expected GET or HEAD, got ${method}`, { Allow: 'GET, HEAD' });
  }
  if (url.length > LONGEST_URL) {
    return refusal(414, `the address has ${url.length} characters, more than ${LONGEST_URL}`);
  }
  if (!url.startsWith('/')) return refusal(400, 'the address of a request begins with /');
  const host = one(headers.host);
  if (host === undefined || !isOurs(host, names)) {
    return refusal(403, `this server answers under its own address only, not under ${shown(host)}`);
  }
  const origin = one(headers.origin);
  if (headers.origin !== undefined && origin !== `http://${host}`) {
    return refusal(403, `this server answers its own page only, not one from ${shown(origin)}`);
  }
  const site = one(headers['sec-fetch-site']);
  // A link elsewhere may open the page itself, and nothing else.
  const opensPage = one(headers['sec-fetch-mode']) === 'navigate' && pathOf(url) === '/';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !opensPage) {
    return refusal(403, 'this server answers its own page only, not another site');
  }
  return undefined;
}

/** The part of a request's target before its question mark. */
export function pathOf(url: string): string {
  return url.split('?', 1)[0];
}

function one(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isOurs(host: string, { port, hosts, anyAddress }: Names): boolean {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::(\d{1,5}))?$/i.exec(host);
  if (match === null || Number(match[3] ?? 80) !== port) return false;
  const name = (match[1] ?? match[2]).toLowerCase();
  return hosts.includes(name) || (anyAddress && isIP(name) !== 0);
}

function shown(value: string | undefined): string {
  return value === undefined ? 'none' : JSON.stringify(value.slice(0, 100));
}
