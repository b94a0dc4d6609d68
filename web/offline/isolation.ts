/** Answers as a server with the headers for shared memory would give them: what a plain web host leaves out. */

/** Without these a browser gives a page and its workers no shared memory, and no threads. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/** The same answer with the headers; one that scripts may not read (status 0) is left as it is. */
export function isolated(response: Response): Response {
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(isolation)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

/**
 * What a request of the page is to the service worker: the page itself, one of its files (documents among them, which are
 * opened as pages), or (undefined) none of its business: other hosts, other methods, addresses outside its folder, and everything that `grokscope lab` is asked below api/.
 * @param scope address of the folder that the lab is in, with a slash at its end
 */
export function kindOf(
  request: { readonly url: string; readonly method: string; readonly mode: string },
  scope: string,
): 'page' | 'file' | undefined {
  const url = new URL(request.url);
  url.search = '';
  url.hash = '';
  if (!['GET', 'HEAD'].includes(request.method) || !url.href.startsWith(scope)) return undefined;
  const path = url.href.slice(scope.length);
  // Its HEAD too: by that the page learns that the host, absent or not, has no runs.
  if (path === '' || path === 'index.html') return 'page';
  if (request.method !== 'GET' || path.startsWith('api/')) return undefined;
  return request.mode !== 'navigate' || /^docs\/[\w-]+\.html$/.test(path) ? 'file' : undefined;
}
