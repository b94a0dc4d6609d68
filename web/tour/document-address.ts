/** Where the documents that the tour cites are read: pages of the lab itself, beside it. */

/** @param document such as `docs/claims.md#weight-decay` */
export function documentAddress(document: string): string {
  return document.replace(/\.md(?=#|$)/, '.html');
}
