/** Headers that every answer of the lab's server carries, refusals too, and the types of its files. */

import { extname } from 'node:path';

/**
 * What a page from here may do. Its styles: figures are SVG with a <style> of their own. Its workers take this policy from
 * the answer that brought their script, so it stands in every answer.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * What a trial's report may do: be looked at. It needs no file but itself, whatever was written into it. The sandbox alone keeps
 * it from leading somewhere else by itself (`<meta http-equiv="refresh">`); links that are clicked open as ever.
 */
const reportPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');

export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  // These three make the page cross-origin isolated, without which browsers give workers no shared memory.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** Over those of every answer. A page in a sandbox may not ask to be isolated: browsers would show an error in its place. */
export const reportHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': reportPolicy,
  'Cross-Origin-Opener-Policy': 'unsafe-none',
};

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.yaml': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

/** By the ending of a file's name; bytes to be kept, not shown, where it says nothing. */
export function contentType(name: string): string {
  return types[extname(name)] ?? 'application/octet-stream';
}
