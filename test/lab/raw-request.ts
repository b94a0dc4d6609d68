/** Requests written to a socket byte by byte, as no well-meaning client would send them. */

import { connect } from 'node:net';

export interface RawAnswer {
  /** 0: the connection was closed without one. */
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends `text` and reads until the server closes; `text` should ask for that. */
export function rawRequest(port: number, text: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (part) => {
      received += part;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(parsed(received)));
    socket.write(text, 'latin1');
  });
}

/** A request for a target that is sent as it stands, with the host that the server has. */
export function rawGet(port: number, target: string, ...headers: string[]): Promise<RawAnswer> {
  const lines = [
    `GET ${target} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: close',
    ...headers,
    '',
    '',
  ];
  return rawRequest(port, lines.join('\r\n'));
}

function parsed(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, Math.max(end, 0)).split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return {
    status: Number(first.split(' ')[1] ?? 0),
    headers: Object.fromEntries(headers),
    body: text.slice(end + 4),
  };
}
