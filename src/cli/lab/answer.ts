/** What the server of the lab answers a request with, before it is written to a connection. */

/** `file`: sent from the disk, as long as it was when it was opened. */
export type AnswerBody = string | Uint8Array | { readonly file: string };

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AnswerBody;
}

/** What the page asks for once and never again: its name holds a hash of its contents. */
export const immutable = 'public, max-age=31536000, immutable';

/** A refusal in one sentence, as JSON for the page's own requests and for people who look at them. */
export function refusal(status: number, sentence: string, headers: Answer['headers'] = {}): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store', ...headers },
    body: `${JSON.stringify({ error: sentence })}\n`,
  };
}

export function jsonAnswer(value: unknown): Answer {
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' },
    body: `${JSON.stringify(value)}\n`,
  };
}
