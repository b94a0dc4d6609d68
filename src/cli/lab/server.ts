/** The lab's server: node:http on one address, answering reading requests of its own page with its headers. */

import { type FileHandle, open } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { hostname } from 'node:os';
import { pipeline } from 'node:stream/promises';
import { refused } from './admission.ts';
import { type Answer, refusal } from './answer.ts';
import { answerTo } from './answers.ts';
import { securityHeaders } from './headers.ts';
import type { PageFiles } from './page-files.ts';
import type { RunsFolder } from './runs-folder.ts';
import { readOnly } from './served-disk.ts';
import { TrialReports } from './trial-reports.ts';

export interface LabServer {
  readonly port: number;
  /** For example `http://127.0.0.1:4747/`. */
  readonly url: string;
  /** Ends it, open connections included. */
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly page: PageFiles;
  readonly runs: RunsFolder;
  /** Default: those among the runs. */
  readonly reports?: TrialReports;
  /** Name or address to listen on. */
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Takes an error that was not foreseen; the request is answered with 500. */
  readonly onError: (error: unknown) => void;
}

const loopback = ['localhost', '127.0.0.1', '::1'];

/** Whether only this machine reaches a server that listens on `host`. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return loopback.includes(name) || (isIP(name) === 4 && name.startsWith('127.'));
}

/** Starts a server. Errors are those of node:net, with a `code` such as EADDRINUSE. */
export async function startServer(options: ServerOptions): Promise<LabServer> {
  const { page, runs, reports = new TrialReports(runs), host, port, onError } = options;
  const names = { port, hosts: [...loopback, host.toLowerCase()], anyAddress: false };
  if (!isLoopback(host)) {
    names.hosts.push(hostname().toLowerCase());
    names.anyAddress = true;
  }
  const server = createServer({
    maxHeaderSize: 16_384,
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 5_000,
  });
  server.on('request', (request, response) => {
    respond(
      request,
      response,
      (asked) => refused(asked, names) ?? answerTo(asked.url, { page, runs, reports }),
    ).catch(onError);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    const status =
      error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  const address = await listening(server, host, port);
  names.port = address.port;
  return {
    port: address.port,
    url: `http://${nameInUrl(host)}:${address.port}/`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** Addresses that stand for all of a machine's are none to go to; the loopback one is among them. */
function nameInUrl(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return isIP(host) === 6 ? `[${host}]` : host;
}

function listening(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve(server.address() as AddressInfo);
    });
  });
}

type Asked = Parameters<typeof refused>[0];

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answerOf: (asked: Asked) => Answer,
): Promise<void> {
  const asked = { method: request.method ?? '', url: request.url ?? '', headers: request.headers };
  // A body would be read as the next request; none of ours has one.
  if (request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined) {
    response.setHeader('Connection', 'close');
  }
  try {
    await send(response, answerOf(asked), asked.method === 'HEAD');
  } catch (error) {
    if (isGone(error)) return;
    if (response.headersSent) response.destroy();
    else await send(response, refusal(500, 'the server failed; its terminal says why'), false);
    throw error;
  }
}

async function send(response: ServerResponse, answer: Answer, headOnly: boolean): Promise<void> {
  const { status, headers, body } = answer;
  if (typeof body === 'string' || body instanceof Uint8Array) {
    const length = Buffer.byteLength(body);
    response.writeHead(status, { ...securityHeaders, ...headers, 'Content-Length': length });
    response.end(headOnly ? undefined : body);
    return;
  }
  const opened = await openFile(body.file);
  if (opened === undefined)
    return send(response, refusal(404, 'the file is gone, or cannot be read'), headOnly);
  const { handle, size } = opened;
  try {
    response.writeHead(status, { ...securityHeaders, ...headers, 'Content-Length': size });
    if (headOnly || size === 0) response.end();
    // Not beyond the length that was announced, while the file grows.
    else await pipeline(handle.createReadStream({ start: 0, end: size - 1, autoClose: false }), response);
  } finally {
    await handle.close();
  }
}

/** Undefined where no file stands there that may be read. */
async function openFile(path: string): Promise<{ handle: FileHandle; size: number } | undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, readOnly);
    const stats = await handle.stat();
    if (stats.isFile()) return { handle, size: stats.size };
    await handle.close();
  } catch {
    await handle?.close();
  }
  return undefined;
}

/** Whether the one who asked went away before all was sent. */
function isGone(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'EPIPE' || code === 'ECONNRESET';
}
