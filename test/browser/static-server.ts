/** A file server for one folder on this machine, for pages under test. */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, resolve, sep } from 'node:path';

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** What makes a page cross-origin isolated, so that it may share memory between workers. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export interface StaticServer {
  /** For example `http://127.0.0.1:40123/`. */
  url: string;
  close(): Promise<void>;
}

/** Serves `folder` on a free port of 127.0.0.1; `isolated` adds the headers for shared memory. */
export async function serve(folder: string, { isolated = false } = {}): Promise<StaticServer> {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://local').pathname);
    const file = resolve(folder, `.${path.endsWith('/') ? `${path}index.html` : path}`);
    const content = file.startsWith(resolve(folder) + sep) ? await readFile(file).catch(() => null) : null;
    const headers = { 'Cache-Control': 'no-store', ...(isolated ? isolation : {}) };
    if (content === null) {
      response.writeHead(404, headers).end();
    } else {
      const type = contentTypes[extname(file)] ?? 'application/octet-stream';
      response.writeHead(200, { ...headers, 'Content-Type': type }).end(content);
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
